package dev.mahavishnu.task;

import dev.mahavishnu.run.Child;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Ends what is left of a child whose JVM has died. */
public final class Orphans {
  private static final Path PROC = Path.of("/proc");

  private Orphans() {}

  /**
   * Ends a child and all that came of it: asks, and kills after half of {@code bound}. A process is
   * touched only when its start time or its mark says that it is of this child: the pid may be
   * somebody else's by now.
   *
   * @param bound longest time this takes
   * @return pids of what could not be ended; empty when nothing is left
   */
  public static List<Long> end(Child child, Duration bound) {
    try {
      Duration half = bound.dividedBy(2);
      return Family.journaled(ProcessTable.of(PROC), child).end(half, half);
    } catch (IOException e) {
      throw new IllegalStateException("processes can't be looked at: " + e.getMessage(), e);
    }
  }
}
