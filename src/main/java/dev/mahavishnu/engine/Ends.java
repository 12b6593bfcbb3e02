package dev.mahavishnu.engine;

import dev.mahavishnu.run.MapFold;
import dev.mahavishnu.run.Output;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunEvent.TaskMoved;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.State.Completed;
import dev.mahavishnu.run.State.Failed;
import dev.mahavishnu.spec.Retry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What an end brings about: of an item for its map, of a task for its flow, of a flow for its run.
 */
final class Ends {
  private final Board board;
  private final RandomGenerator random;
  private boolean released;

  Ends(Board board, RandomGenerator random) {
    this.board = board;
    this.random = random;
  }

  /** An attempt failed: another one follows, or the task run ends. */
  void failCell(Cell cell, Failed.How how, String message, boolean retryable) {
    Retry retry = cell.task.task.retry();
    if (!retryable || cell.attempt > retry.retries()) {
      endCell(cell, new Failed(how, message));
      return;
    }
    Instant due = board.now.plus(Backoff.after(cell.attempt, retry, random));
    board.move(
        cell.key,
        cell.attempt,
        new State.Scheduled(State.Scheduled.Why.AWAITING_RETRY, Optional.of(due), message));
    board.phase(cell, Cell.Phase.RETRYING);
    board.effect(new Effect.Ring(due, new Stimulus.Timer.Retry(cell.key, cell.attempt)));
  }

  /** A task run ends without an output of its own. */
  void endCell(Cell cell, State state) {
    board.move(cell.key, cell.attempt, state);
    closeCell(cell, MapFold.End.of(state).orElseThrow(), Optional.empty());
  }

  /**
   * A task run has ended, and that was said.
   *
   * @param output that it ended with
   */
  void closeCell(Cell cell, MapFold.End end, Optional<Output> output) {
    board.close(cell);
    TaskBoard task = cell.task;
    if (cell.key.isItem()) {
      task.map.orElseThrow().ended(end);
      board.halting.ended(cell.key, cell.attempt, end, output);
      checkMap(task);
    } else {
      ended(task, cell.attempt, end, output);
    }
  }

  /** A whole task ends without having run. */
  void endTask(TaskBoard task, State state) {
    board.move(task.key, 0, state);
    ended(task, 0, MapFold.End.of(state).orElseThrow(), Optional.empty());
  }

  /** A mapped task ends when its last item has. */
  void checkMap(TaskBoard task) {
    MapBoard map = task.map.orElseThrow();
    if (map.ended < map.size || task.end.isPresent() || board.halting.keeps(task.key)) {
      return;
    }
    board.maps.remove(task);
    endTask(
        task,
        map.bad == 0
            ? Completed.DONE
            : new Failed(
                Failed.How.ERROR,
                map.bad + " of " + map.size + (map.size == 1 ? " item failed" : " items failed")));
  }

  private void ended(TaskBoard task, int attempt, MapFold.End end, Optional<Output> output) {
    board.halting.ended(task.key, attempt, end, output);
    task.end = Optional.of(end);
    task.examined = true;
    ScopeBoard scope = task.scope;
    if (task.handler == scope.handling) {
      scope.open--;
    }
    board.due.addAll(task.downstream);
    checkScope(scope);
  }

  /** A flow ends when its last task has; after a failure its handlers come first. */
  void checkScope(ScopeBoard scope) {
    if (scope.open > 0 || scope.returning || board.stopping || over(scope) || kept(scope)) {
      return;
    }
    List<String> bad = scope.bad();
    if (!scope.handling && !scope.handlers().isEmpty()) {
      scope.handling = true;
      scope.count();
      for (TaskBoard handler : scope.handlers()) {
        if (!bad.isEmpty()) {
          board.due.add(handler);
        } else if (handler.end.isEmpty()) {
          endTask(handler, new Completed(Completed.How.SKIPPED, "the flow did not fail"));
        }
      }
      checkScope(scope);
      return;
    }
    if (bad.isEmpty()) {
      scope.returning = true;
      board.effect(new Effect.Return(scope.scope));
    } else {
      if (board.timedOut && scope.parent.isEmpty()) {
        failScope(scope, Failed.How.TIMED_OUT, "the flow timed out");
      } else {
        failScope(scope, Failed.How.ERROR, failure(scope, bad));
      }
    }
  }

  private boolean kept(ScopeBoard scope) {
    return scope.parent.map(c -> board.halting.keeps(c.key)).orElse(board.halting.halted());
  }

  private boolean over(ScopeBoard scope) {
    return scope
        .parent
        .map(cell -> board.cells.get(cell.key) != cell)
        .orElse(board.state.filter(State::isFinal).isPresent());
  }

  private static String failure(ScopeBoard scope, List<String> bad) {
    String some = String.join(", ", bad.subList(0, Math.min(5, bad.size())));
    String more = bad.size() > 5 ? " and " + (bad.size() - 5) + " more" : "";
    int all = scope.plan.flow().tasks().size();
    return bad.size() + " of " + all + " tasks did not complete: " + some + more;
  }

  private void failScope(ScopeBoard scope, Failed.How how, String message) {
    if (scope.parent.isPresent()) {
      failCell(scope.parent.get(), how, message, true);
    } else {
      release(new Failed(how, message));
    }
  }

  /** The flow's outputs are there, or can't be had. */
  void returned(Stimulus.Returned s) {
    ScopeBoard scope = board.scopes.get(s.scope());
    if (scope == null || !scope.returning) {
      return;
    }
    scope.returning = false;
    if (s.outputs().isEmpty()) {
      failScope(scope, Failed.How.ERROR, s.problem());
      return;
    }
    Output outputs = s.outputs().get();
    if (scope.parent.isPresent()) {
      Cell cell = scope.parent.get();
      board.emit(
          new TaskMoved(
              cell.key,
              cell.attempt,
              Completed.DONE,
              Optional.empty(),
              Optional.of(outputs),
              Optional.empty()));
      closeCell(cell, MapFold.End.COMPLETED, Optional.of(outputs));
    } else {
      board.emit(new RunEvent.Returned(outputs));
      release(Completed.DONE);
    }
  }

  /** The run leaves this process in this state. */
  void release(State state) {
    board.move(state);
    board.effect(new Effect.Release());
    released = true;
  }

  boolean released() {
    return released;
  }
}
