package dev.mahavishnu.engine;

import dev.mahavishnu.run.State;
import dev.mahavishnu.spec.Task;
import dev.mahavishnu.spec.Work;

/** Who may start: the places of a run, and the queue for them. */
final class Places {
  private final Board board;
  private boolean paused;

  Places(Board board) {
    this.board = board;
  }

  /** Whether nothing new starts, as a person wished. */
  boolean paused() {
    return paused;
  }

  void pause(boolean wish) {
    paused = wish;
  }

  /** Lets a cell in: nested flows and questions take no place, attempts queue for one. */
  void admit(Cell cell) {
    Work work = cell.task.task.work();
    if (work instanceof Work.Subflow || work instanceof Work.Approval) {
      board.phase(cell, Cell.Phase.EVALUATING);
      board.effect(new Effect.Evaluate(cell.key, Effect.Stage.CELL));
    } else {
      board.phase(cell, Cell.Phase.QUEUED);
      board.queue.add(cell);
    }
  }

  /** Gives free places to who waits for one. */
  void fill() {
    if (paused) {
      return;
    }
    while (board.active < board.places) {
      Cell cell = board.queue.poll();
      if (cell == null) {
        if (!takeItem()) {
          return;
        }
      } else {
        start(cell);
      }
    }
  }

  /** Admits one item of one mapped task; the tasks take turns. */
  private boolean takeItem() {
    for (int i = board.maps.size(); i > 0; i--) {
      TaskBoard task = board.maps.remove();
      MapBoard map = task.map.orElseThrow();
      int index = map.next();
      if (index >= 0 && !board.halting.holds(task.key.item(index), 1)) {
        map.take(index);
        board.maps.add(task);
        admit(board.open(task, task.key.item(index)));
        return true;
      }
      if (task.end.isEmpty()) {
        board.maps.add(task);
      }
    }
    return false;
  }

  private void start(Cell cell) {
    Task task = cell.task.task;
    boolean atOnce = task.work().pure() && task.tags().isEmpty() && task.timeout().isEmpty();
    if (atOnce) {
      board.phase(cell, Cell.Phase.RUNNING);
      board.move(cell.key, cell.attempt, new State.Running(cell.attempt > 1));
      board.effect(new Effect.Start(cell.key, cell.attempt));
    } else {
      board.phase(cell, Cell.Phase.PREPARING);
      board.move(cell.key, cell.attempt, new State.Pending());
      board.effect(new Effect.Prepare(cell.key, cell.attempt));
    }
  }
}
