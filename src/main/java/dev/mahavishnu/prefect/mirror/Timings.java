package dev.mahavishnu.prefect.mirror;

import dev.mahavishnu.prefect.mirror.Telling.Track;
import dev.mahavishnu.run.TaskKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The slowest task runs, and how many there are in each state. */
final class Timings {
  static final int MOST_ROWS = 500;

  private static final Comparator<Row> SLOWEST =
      Comparator.comparingLong(Row::runTime).reversed().thenComparing(row -> row.task().text());

  /** A task run; times in microseconds. */
  private record Row(TaskKey task, Phase phase, int attempts, long started, long runTime) {
    private ObjectNode json() {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("task", task.text());
      json.put("state", phase.text());
      json.put("attempts", attempts);
      json.put("started", started == 0 ? "" : instant().toString());
      json.put("seconds", Math.round(runTime / 1e3) / 1e3);
      return json;
    }

    private Instant instant() {
      return Micros.instant(started);
    }
  }

  private final PriorityQueue<Row> slowest = new PriorityQueue<>(SLOWEST.reversed());
  private final Map<Phase, Integer> counts = new EnumMap<>(Phase.class);

  Timings() {}

  /** A copy, to count on. */
  Timings copy() {
    Timings copy = new Timings();
    copy.slowest.addAll(slowest);
    copy.counts.putAll(counts);
    return copy;
  }

  void add(Telling telling) {
    for (Track track : telling.tracks()) {
      for (int slot = 0; slot < track.slots.size(); slot++) {
        if (track.slots.known(slot)) {
          add(telling.scope, track, slot);
        }
      }
    }
  }

  private void add(String scope, Track track, int slot) {
    Slots slots = track.slots;
    counts.merge(slots.phase(slot), 1, Integer::sum);
    Row least = slowest.peek();
    if (slowest.size() < MOST_ROWS || least == null || slots.runTime(slot) >= least.runTime()) {
      TaskKey key = new TaskKey(scope, track.task, track.items > 0 ? slot : -1);
      slowest.add(
          new Row(
              key, slots.phase(slot), slots.runs(slot), slots.started(slot), slots.runTime(slot)));
      if (slowest.size() > MOST_ROWS) {
        slowest.remove();
      }
    }
  }

  Map<Phase, Integer> counts() {
    return counts;
  }

  int all() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The slowest first. */
  List<ObjectNode> rows() {
    List<Row> sorted = new ArrayList<>(slowest);
    sorted.sort(SLOWEST);
    return sorted.stream().map(Row::json).toList();
  }
}
