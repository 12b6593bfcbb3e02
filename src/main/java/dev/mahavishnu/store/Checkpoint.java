package dev.mahavishnu.store;

import java.time.Instant;

/**
 * A checkpoint image of a run.
 *
 * @param at when it was written
 * @param seq number of the last event it covers
 */
public record Checkpoint(Instant at, long seq) {}
