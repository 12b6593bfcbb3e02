package dev.mahavishnu.run;

import java.time.Instant;

/**
 * A line of a task run's log.
 *
 * @param stream where it came from, a lower-case word: {@code stdout}, {@code stderr}, {@code
 *     system}
 * @param text without its line end; redacted
 */
public record LogLine(Instant at, TaskKey task, int attempt, String stream, String text) {}
