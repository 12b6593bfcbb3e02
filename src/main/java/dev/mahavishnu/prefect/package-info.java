/**
 * Prefect: running flows where a Prefect server is configured, and on the embedded engine where
 * none is.
 */
@NullMarked
package dev.mahavishnu.prefect;

import org.jspecify.annotations.NullMarked;
