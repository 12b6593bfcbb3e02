package dev.mahavishnu.run;

import java.time.Instant;

/**
 * An event with its place in the journal.
 *
 * @param seq from 1, without gaps
 * @param position where its record starts, counted over all segments of the journal
 * @param at when it was recorded; never before the event ahead of it
 */
public record Recorded(long seq, long position, Instant at, RunEvent event) {}
