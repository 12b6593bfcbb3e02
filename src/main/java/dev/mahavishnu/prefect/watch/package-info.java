/**
 * Runs that a server has others run: found, triggered with parameters that are checked before, and
 * followed live. {@link dev.mahavishnu.prefect.watch.RunWatch} follows one.
 */
@NullMarked
package dev.mahavishnu.prefect.watch;

import org.jspecify.annotations.NullMarked;
