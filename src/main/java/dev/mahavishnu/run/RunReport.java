package dev.mahavishnu.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The answer to a question about runs: every number of it is counted from what is stored.
 *
 * @param totals over all runs that were asked for, shown or not
 * @param rows in the order that was asked for
 * @param more rows that the limit left out
 * @param looked runs that were looked into, where rows stand for tasks: the newest ones
 */
public record RunReport(RunQuery query, Totals totals, List<Row> rows, int more, int looked) {
  public RunReport {
    rows = List.copyOf(rows);
  }

  /**
   * How runs ended.
   *
   * @param open neither ended well nor badly yet
   */
  public record Totals(int runs, int completed, int failed, int crashed, int cancelled, int open) {}

  /** A row. */
  public sealed interface Row {}

  /**
   * A run.
   *
   * @param took its wall time, so far where it goes on; empty where none is known
   * @param usual median wall time of all runs of its flow that completed
   */
  public record RunRow(RunSummary run, Optional<Duration> took, Optional<Duration> usual)
      implements Row {
    /** How many times the usual it took. */
    Optional<Double> times() {
      return took.flatMap(
          t ->
              usual
                  .filter(Duration::isPositive)
                  .map(u -> t.toNanos() / (double) Math.max(1, u.toNanos())));
    }
  }

  /**
   * All runs of one flow.
   *
   * @param median wall time of those that ended
   */
  public record FlowRow(
      String flow,
      Totals totals,
      Optional<Duration> median,
      Optional<Duration> longest,
      Instant last)
      implements Row {}

  /**
   * All runs of one task.
   *
   * @param runs of the task; the items of a mapped task count as one
   * @param failed task runs that failed or crashed; of a mapped task each item
   */
  public record TaskRow(
      String flow,
      String task,
      int runs,
      int failed,
      Optional<Duration> median,
      Optional<Duration> longest,
      Instant last)
      implements Row {}
}
