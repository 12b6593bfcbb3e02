package dev.mahavishnu.engine;

import dev.mahavishnu.run.MapFold;
import dev.mahavishnu.run.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Stopping a run as a whole: what runs is killed first, and only then does a state say so. */
final class Stopping {
  /** Why a run is being stopped. */
  enum Kind {
    CANCEL,
    SUSPEND,
    TIMEOUT
  }

  private final Board board;
  private final List<String> survivors = new ArrayList<>();
  private Optional<Kind> kind = Optional.empty();
  private String who = "";

  Stopping(Board board) {
    this.board = board;
  }

  /** Begins; a cancel overrules a suspend. */
  void begin(Kind why, String by) {
    if (kind.isPresent() && why != Kind.CANCEL) {
      return;
    }
    kind = Optional.of(why);
    who = by;
    board.stopping = true;
    for (Cell cell : board.cells.values()) {
      if (cell.active() && !cell.stopping) {
        stop(cell);
      }
    }
  }

  void stop(Cell cell) {
    cell.stopping = true;
    board.effect(new Effect.Stop(cell.key, cell.attempt));
  }

  /** Something could not be killed. */
  void survived(String message) {
    survivors.add(message);
  }

  /** An attempt was stopped and nothing of it is left. */
  void stopped(Cell cell, Ends ends) {
    if (kind.filter(k -> k == Kind.SUSPEND).isPresent()) {
      board.move(
          cell.key,
          cell.attempt,
          new State.Scheduled(
              State.Scheduled.Why.SCHEDULED, Optional.empty(), "stopped by " + who));
      board.close(cell);
    } else {
      ends.endCell(cell, new State.Cancelled(why()));
    }
  }

  private String why() {
    return kind.filter(k -> k == Kind.TIMEOUT).isPresent() ? "the flow timed out" : "by " + who;
  }

  /** When nothing runs any more, the run comes to its state. */
  void settle(Ends ends) {
    if (board.active > 0 || ends.released()) {
      return;
    }
    switch (kind.orElseThrow()) {
      case SUSPEND ->
          ends.release(orCrashed(new State.Paused(State.Paused.Why.SUSPENDED, "by " + who)));
      case CANCEL -> {
        endAll(true);
        ends.release(orCrashed(new State.Cancelled("by " + who)));
      }
      case TIMEOUT -> {
        endAll(false);
        kind = Optional.empty();
        board.stopping = false;
        board.timedOut = true;
        ScopeBoard root = Objects.requireNonNull(board.scopes.get(""));
        root.count();
        ends.checkScope(root);
      }
    }
  }

  private State orCrashed(State state) {
    return survivors.isEmpty() ? state : new State.Crashed(String.join("; ", survivors));
  }

  /** Says of every task that has not ended that it will not. */
  private void endAll(boolean handlersToo) {
    State cancelled = new State.Cancelled(why());
    for (ScopeBoard scope : board.scopes.values()) {
      for (TaskBoard task : scope.tasks.values()) {
        boolean spared = task.handler && scope.parent.isEmpty() && !handlersToo;
        if (task.end.isEmpty() && !spared) {
          board.move(task.key, 0, cancelled);
          task.end = Optional.of(MapFold.End.CANCELLED);
        }
      }
    }
    board.cells.clear();
    board.queue.clear();
    board.maps.clear();
  }
}
