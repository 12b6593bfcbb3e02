package dev.mahavishnu.engine;

import dev.mahavishnu.run.MapFold;
import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunEvent.Hashes;
import dev.mahavishnu.run.RunEvent.TaskMoved;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.TaskKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * Outputs of an earlier run that a linked one may take over: of the same task with the same
 * definition and the same inputs. Items of a map are found by value, the n-th use of a value by the
 * n-th result for it.
 */
final class Reuse {
  static final Reuse NOTHING = new Reuse(Map.of(), p -> Optional.empty(), Optional.empty());

  /** Reads the output that a record holds. */
  interface Outputs {
    Optional<JsonNode> at(long position);
  }

  private record Known(TaskKey whole, Hashes hashes) {}

  private final Map<Known, Deque<Long>> positions;
  private final Outputs outputs;
  private final Optional<Reuse> other;

  private Reuse(Map<Known, Deque<Long>> positions, Outputs outputs, Optional<Reuse> other) {
    this.positions = positions;
    this.outputs = outputs;
    this.other = other;
  }

  /**
   * What a run may take over: of the run that it was made from; of itself, where it was changed.
   */
  static Reuse of(RunHistory history, RunFold fold) {
    Reuse reuse =
        fold.created()
            .from()
            .map(from -> of(history, from, fold.created().rerun()))
            .orElse(NOTHING);
    return fold.debugging().amended() ? own(history, fold).or(reuse) : reuse;
  }

  /**
   * @param rerun ids of tasks of the flow whose results are not taken over
   */
  private static Reuse of(RunHistory history, RunId from, List<String> rerun) {
    Map<Known, Deque<Long>> positions = new HashMap<>();
    Set<String> excluded = Set.copyOf(rerun);
    for (Recorded recorded : history.events(from, 1)) {
      if (recorded.event() instanceof RunEvent.Amended amended) {
        Set<String> again = Set.copyOf(amended.rerun());
        positions.keySet().removeIf(k -> again.contains(k.whole().top()));
      }
      if (recorded.event() instanceof TaskMoved moved
          && moved.output().isPresent()
          && moved.hashes().isPresent()
          && !excluded.contains(moved.task().top())) {
        positions
            .computeIfAbsent(
                new Known(moved.task().whole(), moved.hashes().get()), _ -> new ArrayDeque<>())
            .add(recorded.position());
      }
    }
    return new Reuse(positions, p -> Optional.of(history.output(from, p)), Optional.empty());
  }

  /** Of what it did itself, the results that were put back. */
  private static Reuse own(RunHistory history, RunFold fold) {
    Reuse all = of(history, fold.run(), List.of());
    all.positions.forEach(
        (known, positions) -> positions.removeIf(p -> isInForce(fold, known.whole(), p)));
    return all;
  }

  private static boolean isInForce(RunFold fold, TaskKey whole, long position) {
    boolean ofTask = fold.task(whole).filter(t -> t.position() == position).isPresent();
    Optional<MapFold> map = fold.scope(whole.scope()).flatMap(s -> s.map(whole.task()));
    return ofTask
        || map.filter(m -> IntStream.range(0, m.size()).anyMatch(i -> m.position(i) == position))
            .isPresent();
  }

  private Reuse or(Reuse other) {
    return new Reuse(positions, outputs, Optional.of(other));
  }

  /** The output to take over, at most once each. */
  synchronized Optional<JsonNode> take(TaskKey key, Hashes hashes) {
    Deque<Long> known = positions.get(new Known(key.whole(), hashes));
    return known == null || known.isEmpty()
        ? other.flatMap(o -> o.take(key, hashes))
        : outputs.at(known.poll());
  }
}
