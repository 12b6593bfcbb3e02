package dev.mahavishnu.prefect.watch;

import dev.mahavishnu.prefect.ServerLogs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Lines of tasks that are known by their id alone: a server may tell what a task says before it
 * tells of the task. They wait for its name, but not for long; lines of one task keep their order.
 * For one thread at a time.
 */
final class Nameless {
  private static final long MOST = Duration.ofSeconds(5).toNanos();

  private record Waiting(ServerLogs.Stored line, long since) {
    boolean isOf(UUID task) {
      return line.taskRunId().filter(task::equals).isPresent();
    }
  }

  private final List<Waiting> waiting = new ArrayList<>();

  /** Whether the line has to wait; then {@link #take} gives it. */
  boolean keeps(ServerLogs.Stored line, Predicate<UUID> known) {
    boolean waits =
        line.taskRunId()
            .filter(task -> !known.test(task) || waiting.stream().anyMatch(w -> w.isOf(task)))
            .isPresent();
    if (waits) {
      waiting.add(new Waiting(line, System.nanoTime()));
    }
    return waits;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /**
   * Those that need not wait any more, in the order in which they came.
   *
   * @param all whether none may
   */
  List<ServerLogs.Stored> take(Predicate<UUID> known, boolean all) {
    List<ServerLogs.Stored> taken = new ArrayList<>();
    long now = System.nanoTime();
    for (Iterator<Waiting> left = waiting.iterator(); left.hasNext(); ) {
      Waiting next = left.next();
      boolean named = next.line().taskRunId().filter(known).isPresent();
      if (all || named || now - next.since() > MOST) {
        taken.add(next.line());
        left.remove();
      }
    }
    return taken;
  }
}
