package dev.mahavishnu.run;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What a second look at all events of a run gives: what became of those that are told of. */
final class ChronicleMoves {
  /** An output with the position of its record. */
  record Given(Output output, long position) {}

  private static final State ASIDE = new State.Cancelled("put aside with the run");

  private final Map<TaskKey, Stretches> stretches = new LinkedHashMap<>();
  private final Map<TaskKey, State> states = new HashMap<>();
  private final Map<TaskKey, Given> outputs = new HashMap<>();
  private final EvidenceText text;
  private Instant last = Instant.EPOCH;

  ChronicleMoves(EvidenceText text, Collection<TaskKey> tasks) {
    this.text = text;
    tasks.forEach(task -> stretches.put(task, new Stretches(text)));
  }

  void add(Recorded recorded) {
    switch (recorded.event()) {
      case RunEvent.TaskMoved e when stretches.containsKey(e.task()) -> moved(e, recorded);
      case RunEvent.Opened _ -> stop(last, Stretches.GONE);
      case RunEvent.Moved e
          when e.state() instanceof State.Paused p && p.why() == State.Paused.Why.SUSPENDED ->
          stop(recorded.at(), ASIDE);
      case RunEvent.Mapped e -> forget(e.task().text() + "[");
      case RunEvent.Nested e -> forget(e.task().text() + "/");
      case RunEvent.Reset e -> e.tasks().forEach(this::reset);
      default -> {}
    }
    last = recorded.at();
  }

  private void moved(RunEvent.TaskMoved moved, Recorded recorded) {
    TaskKey task = moved.task();
    stretches(task).move(moved, recorded.at());
    states.put(task, text.state(moved.state()));
    moved.output().ifPresent(o -> outputs.put(task, new Given(o, recorded.position())));
  }

  private void reset(TaskKey task) {
    states.remove(task);
    outputs.remove(task);
    forget(task.text() + "[");
    forget(task.text() + "/");
  }

  /** What belongs to a task begins anew; that it was attempted before remains told. */
  private void forget(String prefix) {
    states.keySet().removeIf(task -> task.text().startsWith(prefix));
    outputs.keySet().removeIf(task -> task.text().startsWith(prefix));
  }

  /** From then on nobody executed the run. */
  void stop(Instant at, State how) {
    stretches.values().forEach(s -> s.stop(at, how));
  }

  Stretches stretches(TaskKey task) {
    return Objects.requireNonNull(stretches.get(task), "not asked for");
  }

  /** The state that was recorded last, with its message. */
  Optional<State> state(TaskKey task) {
    return Optional.ofNullable(states.get(task));
  }

  Optional<Given> output(TaskKey task) {
    return Optional.ofNullable(outputs.get(task));
  }
}
