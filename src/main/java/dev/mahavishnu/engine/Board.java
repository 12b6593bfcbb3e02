package dev.mahavishnu.engine;

import dev.mahavishnu.run.Debugging;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunEvent.TaskMoved;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.TaskKey;
import dev.mahavishnu.spec.MapOver;
import dev.mahavishnu.spec.Task;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Where a run stands between two decisions, and what the present decision has come to. */
final class Board {
  final Map<String, ScopeBoard> scopes = new LinkedHashMap<>();

  /** Task runs under way. */
  final Map<TaskKey, Cell> cells = new LinkedHashMap<>();

  /** Cells that wait for a place, in the order in which they came. */
  final Deque<Cell> queue = new ArrayDeque<>();

  /** Mapped tasks that may have items to start. */
  final Deque<TaskBoard> maps = new ArrayDeque<>();

  /** Tasks to be examined, because an upstream task has ended. */
  final Deque<TaskBoard> due = new ArrayDeque<>();

  final int places;
  int active;

  /** Evaluations of whole tasks under way. */
  int evaluating;

  /** Whether the run as a whole is being stopped: nothing new starts. */
  boolean stopping;

  /** Whether the run has taken too long. */
  boolean timedOut;

  /** The state the run is in; empty before its first one. */
  Optional<State> state = Optional.empty();

  /** Time of the present decision. */
  Instant now = Instant.EPOCH;

  /** Where it stops, and whether it has. */
  final Halting halting;

  private List<RunEvent> events = new ArrayList<>();
  private List<Effect> effects = new ArrayList<>();

  /**
   * @param places most attempts at a time
   */
  Board(int places, Debugging debugging, Halting.Conditions conditions) {
    this.places = places;
    this.halting = new Halting(this, debugging, conditions);
  }

  /** Ends the present decision. */
  Decision take() {
    Decision decision = new Decision(events, effects);
    events = new ArrayList<>();
    effects = new ArrayList<>();
    return decision;
  }

  void emit(RunEvent event) {
    events.add(event);
  }

  void effect(Effect effect) {
    effects.add(effect);
  }

  void move(State next) {
    state = Optional.of(next);
    emit(new RunEvent.Moved(next));
  }

  void move(TaskKey task, int attempt, State next) {
    emit(TaskMoved.to(task, attempt, next));
  }

  TaskBoard task(TaskKey key) {
    return Objects.requireNonNull(
        Objects.requireNonNull(scopes.get(key.scope()), key::text).tasks.get(key.task()),
        key::text);
  }

  /** The cell of an attempt; empty when that attempt is no longer awaited. */
  Optional<Cell> cell(TaskKey key, int attempt) {
    return Optional.ofNullable(cells.get(key)).filter(c -> c.attempt == attempt);
  }

  Cell open(TaskBoard task, TaskKey key) {
    Cell cell = new Cell(task, key);
    cells.put(key, cell);
    return cell;
  }

  void phase(Cell cell, Cell.Phase phase) {
    int before = cell.active() ? 1 : 0;
    cell.phase = phase;
    active += (cell.active() ? 1 : 0) - before;
  }

  void close(Cell cell) {
    active -= cell.active() ? 1 : 0;
    cells.remove(cell.key);
    if (cell.phase == Cell.Phase.QUEUED) {
      queue.remove(cell);
    }
  }

  /** Most items of a mapped task at a time. */
  int concurrency(Task task) {
    return task.map().flatMap(MapOver::concurrency).orElse(places);
  }
}
