package dev.mahavishnu.engine;

import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.State.Completed;
import dev.mahavishnu.run.State.Failed;
import dev.mahavishnu.run.TaskKey;
import dev.mahavishnu.spec.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a run asks people, and their answers. */
final class Questions {
  private final Board board;
  private final Ends ends;
  private final Places places;

  Questions(Board board, Ends ends, Places places) {
    this.board = board;
    this.ends = ends;
    this.places = places;
  }

  /**
   * Asks whether a cell may go on.
   *
   * @param expires how long an answer is waited for
   */
  void ask(Cell cell, Optional<Duration> expires, String message) {
    board.phase(cell, Cell.Phase.ASKING);
    board.move(cell.key, cell.attempt, new State.Paused(State.Paused.Why.PAUSED, message));
    expires.ifPresent(d -> ring(cell, board.now.plus(d)));
  }

  /** Goes on waiting for an answer; the time that passed while nobody held the run counts. */
  void takeUp(Cell cell) {
    if (cell.task.task.work() instanceof Work.Approval approval) {
      approval
          .expires()
          .map(cell.since::plus)
          .ifPresent(
              due -> {
                if (due.isAfter(board.now)) {
                  ring(cell, due);
                } else {
                  unanswered(cell.key);
                }
              });
    }
  }

  private void ring(Cell cell, Instant due) {
    board.effect(new Effect.Ring(due, new Stimulus.Timer.Unanswered(cell.key)));
  }

  /** The time for an answer is over. */
  void unanswered(TaskKey task) {
    Optional.ofNullable(board.cells.get(task))
        .filter(c -> c.phase == Cell.Phase.ASKING)
        .ifPresent(
            cell ->
                ends.endCell(cell, new Failed(Failed.How.TIMED_OUT, "nobody approved in time")));
  }

  /** The tasks that wait for an answer. */
  List<String> open() {
    return asked(Optional.empty()).stream().map(c -> c.key.text()).toList();
  }

  private List<Cell> asked(Optional<String> task) {
    return board.cells.values().stream()
        .filter(c -> c.phase == Cell.Phase.ASKING)
        .filter(c -> task.isEmpty() || task.get().equals(c.key.text()))
        .toList();
  }

  void approve(Command.Approve command) {
    asked(command.task()).forEach(cell -> approve(cell, command));
  }

  void deny(Command.Deny command) {
    State denied = new Failed(Failed.How.ERROR, said("denied", command.who(), command.note()));
    asked(command.task()).forEach(cell -> ends.endCell(cell, denied));
  }

  private void approve(Cell cell, Command.Approve command) {
    if (cell.task.task.work() instanceof Work.Approval) {
      ends.endCell(
          cell, new Completed(Completed.How.DONE, said("approved", command.who(), command.note())));
    } else {
      places.admit(cell);
    }
  }

  private static String said(String what, String who, String note) {
    return what + " by " + who + (note.isBlank() ? "" : ": " + note);
  }
}
