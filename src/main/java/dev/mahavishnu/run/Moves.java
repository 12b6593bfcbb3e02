package dev.mahavishnu.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How some task runs came to their states, from the events since they were last put back. */
final class Moves {
  /** A move with its record. */
  record Move(RunEvent.TaskMoved event, Recorded recorded) {}

  private final Map<TaskKey, List<Move>> moves;
  private final Map<TaskKey, Recorded> mapped = new HashMap<>();

  private Moves(Set<TaskKey> tasks) {
    moves = tasks.stream().collect(Collectors.toMap(Function.identity(), _ -> new ArrayList<>()));
  }

  /** Reads them in one go. */
  static Moves of(RunHistory history, RunId run, Set<TaskKey> tasks) {
    Moves found = new Moves(tasks);
    if (!tasks.isEmpty()) {
      history.events(run, 1).forEach(found::add);
    }
    return found;
  }

  private void add(Recorded recorded) {
    switch (recorded.event()) {
      case RunEvent.TaskMoved e -> {
        List<Move> known = moves.get(e.task());
        if (known != null) {
          known.add(new Move(e, recorded));
        }
      }
      case RunEvent.Mapped e -> {
        mapped.put(e.task(), recorded);
        // Its items begin anew.
        moves.forEach((task, list) -> forget(task, list, e.task()));
      }
      case RunEvent.Reset e ->
          e.tasks().forEach(put -> moves.forEach((task, list) -> forget(task, list, put)));
      default -> {}
    }
  }

  private static void forget(TaskKey task, List<Move> moves, TaskKey reset) {
    if (task.equals(reset) || (task.isItem() && task.whole().equals(reset))) {
      moves.clear();
    }
  }

  /** The last move of a task run that is one of them. */
  Optional<Move> last(TaskKey task) {
    List<Move> all = all(task);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  /** All moves of a task run that is one of them. */
  List<Move> all(TaskKey task) {
    return Objects.requireNonNull(moves.get(task), "not asked for");
  }

  /** The record with the items of a mapped task. */
  Optional<Recorded> items(TaskKey whole) {
    return Optional.ofNullable(mapped.get(whole));
  }
}
