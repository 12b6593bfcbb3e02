package dev.mahavishnu.prefect.mirror;

import dev.mahavishnu.prefect.Filter;
import dev.mahavishnu.prefect.ServerState;
import dev.mahavishnu.prefect.TaskRuns;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What the server keeps of what it was sent: it takes events at once and stores them later. */
final class Stored {
  /** So many are asked for at a time, which is a page of the answer. */
  private static final int PAGE = 200;

  private Stored() {}

  /** Whether it has this state of a task run, or a newer one. */
  static boolean has(Server server, Intake.Mark mark) {
    return server
        .client()
        .taskRuns()
        .find(mark.taskRun())
        .filter(found -> isAsNew(found.state(), mark.at()))
        .isPresent();
  }

  private static boolean isAsNew(Optional<ServerState> state, Instant at) {
    return state.flatMap(ServerState::timestamp).filter(t -> !t.isBefore(at)).isPresent();
  }

  /** Takes out the task runs that are there, and as new as they were told. */
  static void remove(Server server, Map<UUID, Instant> told) {
    List<UUID> asked = List.copyOf(told.keySet());
    for (int from = 0; from < asked.size(); from += PAGE) {
      List<UUID> page = asked.subList(from, Math.min(asked.size(), from + PAGE));
      server
          .client()
          .taskRuns()
          .filter(Filter.ALL.taskRunIds(page.toArray(UUID[]::new)))
          .forEach(found -> remove(told, found));
    }
  }

  private static void remove(Map<UUID, Instant> told, TaskRuns.TaskRun found) {
    Instant at = told.get(found.id());
    if (at != null && isAsNew(found.state(), at)) {
      told.remove(found.id());
    }
  }
}
