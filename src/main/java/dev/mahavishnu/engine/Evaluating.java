package dev.mahavishnu.engine;

import dev.mahavishnu.engine.Stimulus.Evaluation;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.State.Completed;
import dev.mahavishnu.run.State.Failed;
import java.util.Optional;

/** What follows from an evaluation: an attempt, a map, a subflow, a question, or an end. */
final class Evaluating {
  private final Board board;
  private final Ends ends;
  private final Places places;
  private final Questions questions;

  Evaluating(Board board, Ends ends, Places places, Questions questions) {
    this.board = board;
    this.ends = ends;
    this.places = places;
    this.questions = questions;
  }

  /** A task or a cell has been evaluated. */
  void evaluated(Stimulus.Evaluated s) {
    if (s.stage() == Effect.Stage.CELL) {
      Optional.ofNullable(board.cells.get(s.task()))
          .filter(c -> c.phase == Cell.Phase.EVALUATING && !board.stopping)
          .ifPresent(cell -> evaluatedCell(cell, s.result()));
      return;
    }
    TaskBoard task = board.task(s.task());
    board.evaluating--;
    if (board.stopping || task.end.isPresent()) {
      return;
    }
    switch (s.result()) {
      case Evaluation.Go _ -> places.admit(board.open(task, task.key));
      case Evaluation.Skip e -> ends.endTask(task, new Completed(Completed.How.SKIPPED, e.why()));
      case Evaluation.Items e -> expand(task, e);
      case Evaluation.Bad e -> ends.endTask(task, new Failed(Failed.How.ERROR, e.message()));
      case Evaluation.Nest _, Evaluation.Ask _ ->
          throw new IllegalStateException(s.task() + " has no cell");
    }
  }

  private void expand(TaskBoard task, Evaluation.Items items) {
    board.emit(new RunEvent.Mapped(task.key, items.size(), items.items()));
    board.move(task.key, 0, new State.Running(false));
    MapBoard map = new MapBoard(items.size(), board.concurrency(task.task));
    task.map = Optional.of(map);
    board.maps.add(task);
    ends.checkMap(task);
  }

  private void evaluatedCell(Cell cell, Evaluation result) {
    switch (result) {
      case Evaluation.Nest e -> nest(cell, e);
      case Evaluation.Ask e -> questions.ask(cell, e.expires(), e.message());
      case Evaluation.Bad e -> ends.endCell(cell, new Failed(Failed.How.ERROR, e.message()));
      case Evaluation.Go _, Evaluation.Skip _, Evaluation.Items _ ->
          throw new IllegalStateException(cell.key + " has a cell");
    }
  }

  private void nest(Cell cell, Evaluation.Nest nest) {
    FlowPlan plan = nest.plan();
    board.emit(
        new RunEvent.Nested(
            cell.key,
            plan.flow().name(),
            plan.json(),
            plan.folder().toString(),
            plan.size(),
            nest.parameters()));
    board.move(cell.key, cell.attempt, new State.Running(cell.attempt > 1));
    board.phase(cell, Cell.Phase.NESTED);
    ScopeBoard scope = new ScopeBoard(cell.key.text(), plan, Optional.of(cell));
    board.scopes.put(scope.scope, scope);
    board.due.addAll(scope.turn());
    ends.checkScope(scope);
  }
}
