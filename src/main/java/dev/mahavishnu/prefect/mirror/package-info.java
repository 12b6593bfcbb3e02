/**
 * The mirror: runs of this machine's engine, shown on a Prefect server while they run. {@link
 * dev.mahavishnu.prefect.mirror.Translation} folds a run's journal into what the server is to be
 * told, and knows no server; what sends that is driven by the journal too, with a position of its
 * own, so that a server that is slow or away holds nothing up.
 */
@NullMarked
package dev.mahavishnu.prefect.mirror;

import org.jspecify.annotations.NullMarked;
