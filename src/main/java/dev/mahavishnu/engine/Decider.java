package dev.mahavishnu.engine;

import dev.mahavishnu.engine.Stimulus.Ending;
import dev.mahavishnu.engine.Stimulus.Timer;
import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.MapFold;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunEvent.TaskMoved;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.State.Completed;
import dev.mahavishnu.run.State.Failed;
import dev.mahavishnu.run.Stride;
import dev.mahavishnu.spec.Durations;
import dev.mahavishnu.spec.OnCrash;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Decides what happens next in a run. No clock, no disk, no threads: the same stimuli at the same
 * times always give the same events and effects. What the world must do comes out as effects, to be
 * performed once the events are in the journal.
 */
final class Decider {
  private final Board board;
  private final Ends ends;
  private final Stopping stopping;
  private final Places places;
  private final Questions questions;
  private final Evaluating evaluating;

  Decider(Board board, RandomGenerator random) {
    this.board = board;
    this.stopping = new Stopping(board);
    this.ends = new Ends(board, random);
    this.places = new Places(board);
    this.questions = new Questions(board, ends, places);
    this.evaluating = new Evaluating(board, ends, places, questions);
  }

  /** What follows from {@code stimulus} at {@code now}. */
  Decision on(Stimulus stimulus, Instant now) {
    board.now = now;
    switch (stimulus) {
      case Stimulus.Begin s -> begin(s.command());
      case Stimulus.Evaluated s -> evaluating.evaluated(s);
      case Stimulus.Prepared s -> prepared(s);
      case Stimulus.Finished s -> finished(s);
      case Stimulus.Stopped s -> stopped(s);
      case Stimulus.Returned s -> ends.returned(s);
      case Stimulus.Rang s -> rang(s.timer());
      case Stimulus.Commanded s -> commanded(s.command());
    }
    do {
      examineDue();
      fill();
    } while (settle());
    return board.take();
  }

  private void begin(Optional<Command> command) {
    if (command.filter(Command.Cancel.class::isInstance).isPresent()) {
      commanded(command.get());
      return;
    }
    board.move(new State.Running(board.state.isPresent()));
    root()
        .plan
        .flow()
        .timeout()
        .ifPresent(t -> board.effect(new Effect.Ring(board.now.plus(t), new Timer.FlowTimeout())));
    List.copyOf(board.cells.values()).forEach(this::takeUp);
    command.ifPresent(this::commanded);
    lookAtAll();
  }

  /** Decides anew what had been left as it was. */
  private void lookAtAll() {
    for (ScopeBoard scope : List.copyOf(board.scopes.values())) {
      board.due.addAll(scope.turn());
      scope.tasks.values().stream().filter(t -> t.map.isPresent()).forEach(ends::checkMap);
      ends.checkScope(scope);
    }
  }

  /** Goes on from where it stood, be it in another process. */
  private void goOn(Optional<Stride> stride) {
    boolean stood = board.halting.goOn(stride);
    places.pause(false);
    if (stood) {
      board.cells.values().stream()
          .filter(c -> c.phase == Cell.Phase.RETRYING)
          .forEach(this::takeUp);
      lookAtAll();
    }
  }

  /** Goes on with a cell that the journal told of. */
  private void takeUp(Cell cell) {
    switch (cell.phase) {
      case RETRYING ->
          board.effect(new Effect.Ring(cell.due, new Timer.Retry(cell.key, cell.attempt)));
      case ASKING -> questions.takeUp(cell);
      case NESTED -> {}
      case EVALUATING, QUEUED, PREPARING, RUNNING -> {
        if (!cell.crashed || cell.task.task.onCrash() == OnCrash.RETRY) {
          places.admit(cell);
        } else if (cell.task.task.onCrash() == OnCrash.FAIL) {
          ends.failCell(
              cell, Failed.How.ERROR, "the process that ran it died (on_crash: fail)", false);
        } else {
          questions.ask(
              cell,
              Optional.empty(),
              "it was running when its process died; approve to run it again");
        }
      }
    }
  }

  /** A loop and no recursion: a chain of skipped tasks may be thousands long. */
  private void examineDue() {
    while (!board.due.isEmpty()) {
      examine(board.due.remove());
    }
  }

  /** Decides a task whose upstream may have ended. */
  private void examine(TaskBoard task) {
    if (task.examined || task.end.isPresent() || board.stopping || board.halting.keeps(task.key)) {
      return;
    }
    switch (task.verdict()) {
      case WAIT -> {}
      case RUN -> {
        if (!board.halting.holds(task.key, 1)) {
          task.examined = true;
          enter(task);
        }
      }
      case SKIP -> {
        task.examined = true;
        ends.endTask(
            task, new Completed(Completed.How.SKIPPED, "by run_if " + task.task.runIf().text()));
      }
      case UPSTREAM_FAILED -> {
        task.examined = true;
        ends.endTask(task, new Failed(Failed.How.UPSTREAM, upstreamFailed(task)));
      }
    }
  }

  private static String upstreamFailed(TaskBoard task) {
    List<String> bad =
        task.upstream.stream()
            .filter(t -> t.end.filter(MapBoard::isBad).isPresent())
            .map(t -> t.task.id())
            .limit(3)
            .toList();
    return "did not run: " + String.join(", ", bad) + " failed";
  }

  private void enter(TaskBoard task) {
    if (task.task.when().isPresent() || task.task.map().isPresent()) {
      board.evaluating++;
      board.effect(new Effect.Evaluate(task.key, Effect.Stage.TASK));
    } else {
      places.admit(board.open(task, task.key));
    }
  }

  private void prepared(Stimulus.Prepared s) {
    Optional<Cell> found = board.cell(s.task(), s.attempt());
    if (found.isEmpty() || found.get().stopping || found.get().phase != Cell.Phase.PREPARING) {
      return;
    }
    Cell cell = found.get();
    board.phase(cell, Cell.Phase.RUNNING);
    board.emit(
        new TaskMoved(
            cell.key,
            cell.attempt,
            new State.Running(cell.attempt > 1),
            s.child(),
            Optional.empty(),
            Optional.empty()));
    board.effect(new Effect.Go(cell.key, cell.attempt));
    ringTimeout(cell);
  }

  private void ringTimeout(Cell cell) {
    cell.task
        .task
        .timeout()
        .ifPresent(
            t ->
                board.effect(
                    new Effect.Ring(
                        board.now.plus(t), new Timer.TaskTimeout(cell.key, cell.attempt))));
  }

  private void finished(Stimulus.Finished s) {
    Optional<Cell> found = board.cell(s.task(), s.attempt()).filter(Cell::active);
    if (found.isEmpty()) {
      return;
    }
    Cell cell = found.get();
    switch (s.ending()) {
      // Also when it was being stopped: what it did is done.
      case Ending.Good e -> {
        State state = e.cached() ? new Completed(Completed.How.CACHED, "") : Completed.DONE;
        board.emit(
            new TaskMoved(
                cell.key,
                cell.attempt,
                state,
                Optional.empty(),
                Optional.of(e.output()),
                Optional.of(e.hashes())));
        ends.closeCell(cell, MapFold.End.of(state).orElseThrow(), Optional.of(e.output()));
      }
      case Ending.Bad e -> {
        if (!cell.stopping) {
          ends.failCell(cell, Failed.How.ERROR, e.message(), e.retryable());
        }
      }
    }
  }

  private void stopped(Stimulus.Stopped s) {
    Optional<Cell> found = board.cell(s.task(), s.attempt()).filter(c -> c.stopping);
    if (found.isEmpty()) {
      return;
    }
    Cell cell = found.get();
    if (!s.survivors().isEmpty()) {
      String message = "could not kill " + pids(s.survivors());
      stopping.survived(message);
      ends.endCell(cell, new State.Crashed(message));
    } else if (board.stopping) {
      stopping.stopped(cell, ends);
    } else {
      String limit = cell.task.task.timeout().map(t -> " after " + Durations.print(t)).orElse("");
      cell.stopping = false;
      ends.failCell(cell, Failed.How.TIMED_OUT, "timed out" + limit, true);
    }
  }

  private static String pids(List<Long> pids) {
    return (pids.size() == 1 ? "process " : "processes ")
        + String.join(", ", pids.stream().map(String::valueOf).toList());
  }

  private void rang(Timer timer) {
    switch (timer) {
      case Timer.Retry t ->
          board
              .cell(t.task(), t.attempt())
              .filter(c -> c.phase == Cell.Phase.RETRYING && !board.stopping)
              .filter(c -> !board.halting.holds(c.key, c.attempt + 1))
              .ifPresent(
                  cell -> {
                    cell.attempt++;
                    places.admit(cell);
                  });
      case Timer.TaskTimeout t ->
          board
              .cell(t.task(), t.attempt())
              .filter(c -> c.phase == Cell.Phase.RUNNING && !c.stopping)
              .ifPresent(stopping::stop);
      case Timer.Unanswered t -> questions.unanswered(t.task());
      case Timer.FlowTimeout _ -> {
        if (!board.stopping) {
          stopping.begin(Stopping.Kind.TIMEOUT, "");
        }
      }
    }
  }

  private void commanded(Command command) {
    board.emit(new RunEvent.Commanded(command));
    switch (command) {
      case Command.Cancel c -> {
        if (!board.stopping) {
          board.move(new State.Cancelling("by " + c.who()));
        }
        stopping.begin(Stopping.Kind.CANCEL, c.who());
      }
      case Command.Suspend c -> stopping.begin(Stopping.Kind.SUSPEND, c.who());
      case Command.Pause _ -> places.pause(true);
      case Command.Resume _ -> goOn(Optional.empty());
      case Command.Step c -> goOn(Optional.of(c.stride()));
      case Command.Break c -> board.halting.breakAt(c.breakpoints());
      case Command.Approve c -> questions.approve(c);
      case Command.Deny c -> questions.deny(c);
    }
  }

  private void fill() {
    if (!board.stopping && !ends.released()) {
      places.fill();
    }
  }

  /**
   * Sees whether the run, in this process, has come to its end.
   *
   * @return whether there is more to decide now
   */
  private boolean settle() {
    if (board.stopping) {
      stopping.settle(ends);
      // A flow that timed out goes on with its failure handlers.
      return !board.stopping && !ends.released();
    }
    if (ends.released()) {
      return false;
    }
    boolean busy =
        board.active > 0
            || board.evaluating > 0
            || board.cells.values().stream().anyMatch(c -> c.phase == Cell.Phase.EVALUATING)
            || board.scopes.values().stream().anyMatch(s -> s.returning);
    if (busy) {
      return false;
    }
    if (board.halting.halted()) {
      ends.release(new State.Paused(State.Paused.Why.PAUSED, board.halting.text()));
      return false;
    }
    if (places.paused()) {
      ends.release(new State.Paused(State.Paused.Why.PAUSED, "on request"));
      return false;
    }
    if (board.halting.begins()) {
      lookAtAll();
      return true;
    }
    boolean awaiting =
        board.cells.values().stream()
            .anyMatch(c -> c.phase == Cell.Phase.RETRYING || c.phase == Cell.Phase.QUEUED);
    List<String> asking = questions.open();
    if (!awaiting && !asking.isEmpty()) {
      ends.release(
          new State.Paused(
              State.Paused.Why.PAUSED, "waiting for approval of " + String.join(", ", asking)));
    }
    return false;
  }

  private ScopeBoard root() {
    return java.util.Objects.requireNonNull(board.scopes.get(""));
  }

  /** Whether the run stops, as soon as what runs has ended. */
  boolean isHalted() {
    return board.halting.halted();
  }

  /** Whether the run has left this process. */
  boolean released() {
    return ends.released();
  }
}
