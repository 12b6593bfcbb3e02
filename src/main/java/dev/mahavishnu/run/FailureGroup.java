package dev.mahavishnu.run;

import java.time.Instant;
import java.util.List;

/**
 * Failures of one task with the same cause.
 *
 * @param task without the number of an item; empty where it was the run itself
 * @param cause as it was said last
 * @param count of runs in which it went so
 * @param runs the newest of them, newest first
 */
public record FailureGroup(
    String flow,
    String task,
    String cause,
    int count,
    Instant first,
    Instant last,
    List<RunId> runs) {
  public FailureGroup {
    runs = List.copyOf(runs);
  }
}
