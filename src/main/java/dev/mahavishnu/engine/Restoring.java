package dev.mahavishnu.engine;

import dev.mahavishnu.run.MapFold;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.ScopeFold;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.StateType;
import dev.mahavishnu.run.TaskFold;
import dev.mahavishnu.run.TaskKey;
import dev.mahavishnu.spec.Work;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sets up the board of a run as its journal tells it; of a new run, as its first event does.
 * Starting and resuming are the same path.
 */
final class Restoring {
  private final Board board;
  private final RunFold fold;
  private final Map<String, FlowPlan> plans;

  private Restoring(Board board, RunFold fold, Map<String, FlowPlan> plans) {
    this.board = board;
    this.fold = fold;
    this.plans = plans;
  }

  /**
   * @param plans of the flow and of every subflow that the journal knows, by scope
   * @param places most attempts at a time
   * @param conditions of breakpoints
   */
  static Board board(
      RunFold fold, Map<String, FlowPlan> plans, int places, Halting.Conditions conditions) {
    Board board = new Board(places, fold.debugging(), conditions);
    Restoring restoring = new Restoring(board, fold, plans);
    restoring.scope("", Optional.empty());
    if (fold.started().isPresent()) {
      board.state = Optional.of(fold.state());
    }
    return board;
  }

  private void scope(String name, Optional<Cell> parent) {
    Optional<ScopeFold> told = fold.scope(name);
    FlowPlan plan = plans.get(name);
    if (told.isEmpty() || plan == null) {
      return;
    }
    ScopeBoard scope = new ScopeBoard(name, plan, parent);
    board.scopes.put(name, scope);
    for (TaskBoard task : scope.tasks.values()) {
      told.get().task(task.task.id()).ifPresent(t -> task(task, t, told.get()));
    }
    scope.count();
  }

  private void task(TaskBoard task, TaskFold told, ScopeFold scope) {
    Optional<MapFold> map = scope.map(task.task.id());
    Optional<MapFold.End> end = MapFold.End.of(told.state());
    if (end.isPresent()) {
      task.examined = true;
      task.end = end;
      map.ifPresent(m -> task.map = Optional.of(MapBoard.of(m, board.concurrency(task.task))));
    } else if (map.isPresent()) {
      task.examined = true;
      restoreMap(task, map.get());
    } else if (task.task.map().isEmpty()) {
      task.examined = true;
      cell(task, task.key, told);
    }
  }

  private void restoreMap(TaskBoard task, MapFold told) {
    MapBoard map = MapBoard.of(told, board.concurrency(task.task));
    task.map = Optional.of(map);
    board.maps.add(task);
    for (Map.Entry<Integer, TaskFold> item : told.open().entrySet()) {
      map.taken.set(item.getKey());
      map.open++;
      cell(task, task.key.item(item.getKey()), item.getValue());
    }
  }

  private void cell(TaskBoard task, TaskKey key, TaskFold told) {
    Cell cell = board.open(task, key);
    cell.attempt = Math.max(1, told.attempt());
    cell.since = told.since();
    Work work = task.task.work();
    switch (told.state()) {
      case State.Scheduled s -> {
        if (s.why() == State.Scheduled.Why.AWAITING_RETRY) {
          cell.phase = Cell.Phase.RETRYING;
          cell.due = s.until().orElse(told.since());
        }
      }
      case State.Paused _ -> cell.phase = Cell.Phase.ASKING;
      case State.Running _ -> {
        if (work instanceof Work.Subflow) {
          if (fold.scope(key.text()).isPresent()) {
            cell.phase = Cell.Phase.NESTED;
            scope(key.text(), Optional.of(cell));
          }
        } else {
          cell.crashed = !work.pure();
        }
      }
      case State.Pending _, State.Cancelling _ -> {}
      case State.Completed _, State.Failed _, State.Cancelled _, State.Crashed _ ->
          throw new IllegalStateException(key + " has ended");
    }
  }

  /** The task runs that were running when the journal ended, with a process or without. */
  static List<TaskFold> inFlight(RunFold fold) {
    return fold.scopes().stream()
        .flatMap(
            scope ->
                java.util.stream.Stream.concat(
                    scope.tasks().stream()
                        .filter(t -> scope.map(t.task().task()).isEmpty())
                        .filter(t -> fold.scope(t.task().text()).isEmpty()),
                    scope.maps().values().stream().flatMap(m -> m.open().values().stream())))
        .filter(t -> t.state().type() == StateType.RUNNING)
        .toList();
  }
}
