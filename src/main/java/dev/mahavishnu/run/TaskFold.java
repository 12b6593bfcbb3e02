package dev.mahavishnu.run;

import java.time.Instant;
import java.util.Optional;

/**
 * A task run as its events tell it.
 *
 * @param attempt of the latest event that had one
 * @param child the process of a running attempt
 * @param position of the record that brought {@code state}
 * @param hasOutput whether that record holds an output
 * @param since when it came to {@code state}
 * @param started when its first attempt started
 */
public record TaskFold(
    TaskKey task,
    int attempt,
    State state,
    Optional<Child> child,
    long position,
    boolean hasOutput,
    Instant since,
    Optional<Instant> started) {

  static TaskFold after(Optional<TaskFold> before, RunEvent.TaskMoved moved, Recorded recorded) {
    Optional<Instant> started = before.flatMap(TaskFold::started);
    if (started.isEmpty() && moved.state().type() == StateType.RUNNING) {
      started = Optional.of(recorded.at());
    }
    return new TaskFold(
        moved.task(),
        Math.max(moved.attempt(), before.map(TaskFold::attempt).orElse(0)),
        moved.state(),
        moved.child(),
        recorded.position(),
        moved.output().isPresent(),
        recorded.at(),
        started);
  }
}
