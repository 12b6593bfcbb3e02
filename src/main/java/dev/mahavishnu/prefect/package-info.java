/**
 * Prefect: running flows where a Prefect server is configured, and on the embedded engine where
 * none is. {@link PrefectClient} is the way to a server, with one object a resource; {@link
 * PrefectSettings} says to which.
 */
@NullMarked
package dev.mahavishnu.prefect;

import org.jspecify.annotations.NullMarked;
