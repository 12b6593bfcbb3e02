package dev.mahavishnu.prefect.mirror;

import java.time.Duration;

/** Waits until the server keeps all that it took, and finds out when it never will. */
final class Settling {
  private static final long PATIENCE = Duration.ofSeconds(30).toNanos();
  private static final int MOST_LOSSES = 3;

  /** What the server has. */
  enum Found {
    STORED,
    NOT_YET,
    LOST
  }

  private int missing = Integer.MAX_VALUE;
  private long since = System.nanoTime();
  private int losses;

  /** What it has of that which was sent. */
  Found look(Server server, ReportQueue queue) {
    // The last one first: all is asked for only when there is hope.
    boolean hope =
        queue.last().map(last -> Stored.has(server, last.taskRun(), last.at())).orElse(true);
    boolean late = System.nanoTime() - since > PATIENCE;
    if (!hope && !late && missing < Integer.MAX_VALUE) {
      return Found.NOT_YET;
    }
    int now = Stored.missing(server, queue.told());
    if (now == 0) {
      return Found.STORED;
    }
    if (now < missing) {
      missing = now;
      since = System.nanoTime();
      return Found.NOT_YET;
    }
    if (!late) {
      return Found.NOT_YET;
    }
    missing = Integer.MAX_VALUE;
    since = System.nanoTime();
    return losses++ < MOST_LOSSES ? Found.LOST : Found.STORED;
  }
}
