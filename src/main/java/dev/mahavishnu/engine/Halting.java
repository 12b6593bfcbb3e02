package dev.mahavishnu.engine;

import dev.mahavishnu.run.Breakpoint;
import dev.mahavishnu.run.Breakpoint.Moment;
import dev.mahavishnu.run.Debugging;
import dev.mahavishnu.run.MapFold.End;
import dev.mahavishnu.run.Output;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.Stop;
import dev.mahavishnu.run.Stride;
import dev.mahavishnu.run.TaskKey;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where a run stops, as who debugs it wishes. A run that stops lets what runs go on to its end,
 * decides nothing else, and is then released as PAUSED: no process holds it while a person looks.
 */
final class Halting {
  /** Evaluates the conditions of breakpoints. */
  interface Conditions {
    /**
     * @param output that the task run has just ended with
     * @return why it stops, empty when it does not
     */
    Optional<String> why(Breakpoint breakpoint, Stop here, Optional<Output> output);
  }

  private static final String STEP = "step";

  private final Board board;
  private final Conditions conditions;
  private final Set<Stop> passed;
  private List<Breakpoint> breakpoints;

  /** Where it stood when it was taken up, which is where the next stride begins. */
  private Optional<TaskKey> standing;

  private Optional<Stride> stride = Optional.empty();

  /** What the stride goes through. */
  private Optional<TaskKey> taken = Optional.empty();

  /** Who could have started before what the stride goes through. */
  private Optional<Stop> waiting = Optional.empty();

  private Optional<String> halt = Optional.empty();

  Halting(Board board, Debugging debugging, Conditions conditions) {
    this.board = board;
    this.conditions = conditions;
    this.passed = new HashSet<>(debugging.passed());
    this.breakpoints = debugging.breakpoints();
    this.standing =
        debugging
            .standing()
            .map(Debugging.Standing::stop)
            .filter(s -> s.moment() == Moment.BEFORE)
            .map(Stop::task);
  }

  void breakAt(List<Breakpoint> others) {
    breakpoints = others;
  }

  /** Whether it stops. */
  boolean halted() {
    return halt.isPresent();
  }

  /** Where and why it stopped. */
  String text() {
    return halt.orElse("");
  }

  /** Whether all that is about this task run stays as it is. */
  boolean keeps(TaskKey key) {
    return halted() && !isInside(key);
  }

  /**
   * Goes on.
   *
   * @param length empty: up to the next breakpoint
   * @return whether it had stopped
   */
  boolean goOn(Optional<Stride> length) {
    boolean stood = halted();
    halt = Optional.empty();
    stride = length;
    taken = Optional.empty();
    waiting = Optional.empty();
    return stood;
  }

  /** Whether a task run that could start does not, because the run stops. */
  boolean holds(TaskKey key, int attempt) {
    if (keeps(key)) {
      return true;
    }
    Stop here = new Stop(key, attempt, Moment.BEFORE);
    return breaks(here, Optional.empty()) || (stride.isPresent() && isTooFar(here));
  }

  private boolean isTooFar(Stop here) {
    if (isInside(here.task())) {
      return false;
    }
    if (taken.isPresent() || stride.filter(s -> s == Stride.NOTHING).isPresent()) {
      halt(here, STEP);
      return true;
    }
    if (standing.filter(s -> !s.equals(here.task())).isPresent()) {
      waiting = waiting.or(() -> Optional.of(here));
      return true;
    }
    taken = Optional.of(here.task());
    standing = Optional.empty();
    waiting.ifPresent(w -> halt(w, STEP));
    return false;
  }

  /**
   * Where the stride was to begin nothing begins any more, since that was changed: it begins with
   * what is next.
   *
   * @return whether somebody waited for that
   */
  boolean begins() {
    standing = Optional.empty();
    boolean waited = waiting.isPresent() && !halted();
    waiting = Optional.empty();
    return waited;
  }

  private boolean isInside(TaskKey key) {
    return stride.filter(s -> s == Stride.OVER).isPresent() && taken.filter(key::isIn).isPresent();
  }

  /** A task run has ended. */
  void ended(TaskKey key, int attempt, End end, Optional<Output> output) {
    if (breakpoints.isEmpty() || keeps(key)) {
      return;
    }
    boolean failed = end == End.FAILED || end == End.CRASHED;
    boolean stops = failed && breaks(new Stop(key, attempt, Moment.FAILED), output);
    if (!stops) {
      breaks(new Stop(key, attempt, Moment.AFTER), output);
    }
  }

  private boolean breaks(Stop here, Optional<Output> output) {
    if (breakpoints.isEmpty() || passed.contains(here) || isOfItem(here)) {
      return false;
    }
    for (Breakpoint breakpoint : breakpoints) {
      if (breakpoint.covers(here)) {
        Optional<String> why = conditions.why(breakpoint, here, output);
        if (why.isPresent()) {
          halt(here, why.get());
          return true;
        }
      }
    }
    return false;
  }

  /** Whether it stopped already at an item whose failure makes the whole task fail. */
  private boolean isOfItem(Stop here) {
    return here.moment() == Moment.FAILED
        && !here.task().isItem()
        && passed.stream()
            .anyMatch(
                s ->
                    s.moment() == Moment.FAILED
                        && s.task().isItem()
                        && s.task().whole().equals(here.task()));
  }

  private void halt(Stop here, String why) {
    passed.add(here);
    halt = Optional.of(here.text() + (why.equals(STEP) ? "" : " (breakpoint " + why + ")"));
    if (!why.equals(STEP)) {
      stride = Optional.empty(); // Else what the stride goes through goes on to its end.
    }
    board.emit(new RunEvent.Halted(here, why));
  }
}
