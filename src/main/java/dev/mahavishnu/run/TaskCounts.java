package dev.mahavishnu.run;

/**
 * How many task runs are in which state; a mapped task counts its items, not itself.
 *
 * @param total as far as known: a map that has not got its items counts one
 * @param completed by running; {@code cached} and {@code skipped} count apart
 * @param upstreamFailed did not run because of others
 */
public record TaskCounts(
    int total,
    int completed,
    int cached,
    int skipped,
    int failed,
    int upstreamFailed,
    int cancelled,
    int crashed,
    int running,
    int waiting) {
  public static final TaskCounts NONE = new TaskCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Task runs that ended, however. */
  public int done() {
    return completed + cached + skipped + failed + upstreamFailed + cancelled + crashed;
  }
}
