package dev.mahavishnu.run;

import java.util.EnumMap;
import java.util.Map;

/**
 * Counts task runs: a mapped task by its items, the tasks of a subflow beside the task that runs
 * it.
 */
final class Counting {
  private final Map<MapFold.End, Integer> ends = new EnumMap<>(MapFold.End.class);
  private int total;
  private int running;

  private Counting() {}

  static TaskCounts of(RunFold run) {
    Counting counting = new Counting();
    run.scopes().forEach(counting::add);
    return counting.counts();
  }

  private void add(ScopeFold scope) {
    total += scope.declared();
    for (TaskFold task : scope.tasks()) {
      scope.map(task.task().task()).ifPresentOrElse(this::add, () -> add(task.state()));
    }
  }

  private void add(MapFold map) {
    total += map.size() - 1;
    for (MapFold.End end : MapFold.End.values()) {
      ends.merge(end, map.count(end), Integer::sum);
    }
    map.open().values().forEach(item -> add(item.state()));
  }

  private void add(State state) {
    MapFold.End.of(state)
        .ifPresentOrElse(
            end -> ends.merge(end, 1, Integer::sum),
            () -> running += state.type() == StateType.RUNNING ? 1 : 0);
  }

  private int count(MapFold.End end) {
    return ends.getOrDefault(end, 0);
  }

  private TaskCounts counts() {
    int ended = ends.values().stream().mapToInt(Integer::intValue).sum();
    return new TaskCounts(
        total,
        count(MapFold.End.COMPLETED),
        count(MapFold.End.CACHED),
        count(MapFold.End.SKIPPED),
        count(MapFold.End.FAILED),
        count(MapFold.End.UPSTREAM_FAILED),
        count(MapFold.End.CANCELLED),
        count(MapFold.End.CRASHED),
        running,
        Math.max(0, total - ended - running));
  }
}
