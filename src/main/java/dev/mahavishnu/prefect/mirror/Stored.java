package dev.mahavishnu.prefect.mirror;

import dev.mahavishnu.prefect.Filter;
import dev.mahavishnu.prefect.ServerState;
import dev.mahavishnu.prefect.TaskRuns;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What the server keeps of what it was sent: it takes events at once and stores them later. */
final class Stored {
  private Stored() {}

  /** Whether it has this state of a task run, or a newer one. */
  static boolean has(Server server, UUID taskRun, Instant at) {
    return server
        .client()
        .taskRuns()
        .find(taskRun)
        .filter(found -> isAsNew(found.state(), at))
        .isPresent();
  }

  private static boolean isAsNew(Optional<ServerState> state, Instant at) {
    return state.flatMap(ServerState::timestamp).filter(t -> !t.isBefore(at)).isPresent();
  }

  /** How many of the task runs are not there, or not as new as they were told. */
  static int missing(Server server, Map<UUID, Instant> told) {
    if (told.isEmpty()) {
      return 0;
    }
    Map<UUID, Instant> left = new HashMap<>(told);
    server
        .client()
        .taskRuns()
        .filter(Filter.ALL.flowRunIds(server.ids()))
        .forEach(found -> remove(left, found));
    return left.size();
  }

  private static void remove(Map<UUID, Instant> left, TaskRuns.TaskRun found) {
    Instant at = left.get(found.id());
    if (at != null && isAsNew(found.state(), at)) {
      left.remove(found.id());
    }
  }
}
