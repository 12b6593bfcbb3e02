package dev.mahavishnu.run;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Chooses the task runs that a chronicle tells of, where there are too many. */
final class ChronicleTasks {
  private static final int MOST = 300;
  private static final int MOST_FAILED_ITEMS = 5;
  private static final int MOST_OPEN_ITEMS = 5;
  private static final int MOST_SLOW_ITEMS = 3;

  /**
   * A task run to be told of.
   *
   * @param depth how many it stands below
   */
  record Picked(TaskKey task, int depth) {}

  private final RunFold fold;
  private final Function<TaskKey, Optional<ItemTimes>> times;
  private final Map<String, SpecFields> specs = new HashMap<>();
  private final List<Picked> picked = new ArrayList<>();
  private final int all;

  /**
   * @param times of the items of a mapped task
   */
  ChronicleTasks(RunFold fold, Function<TaskKey, Optional<ItemTimes>> times) {
    this.fold = fold;
    this.times = times;
    this.all = fold.scopes().stream().mapToInt(scope -> ids(scope).size()).sum();
    add(fold.root(), 0);
  }

  /** In the order of the flow, items and the tasks of subflows below the task they belong to. */
  List<Picked> picked() {
    return picked;
  }

  List<TaskKey> tasks() {
    return picked.stream().map(Picked::task).toList();
  }

  /** How many tasks are left out, items apart. */
  int more() {
    return all - (int) picked.stream().filter(p -> !p.task().isItem()).count();
  }

  /** How many items of a mapped task are told of. */
  int items(TaskKey whole) {
    return (int)
        picked.stream().filter(p -> p.task().isItem() && p.task().whole().equals(whole)).count();
  }

  /** All tasks of a flow, and of its failure handlers those that began. */
  private Set<String> ids(ScopeFold scope) {
    SpecFields spec = specs.computeIfAbsent(scope.spec(), SpecFields::new);
    Set<String> ids = new LinkedHashSet<>(spec.ids());
    spec.handlers().stream().filter(id -> scope.task(id).isEmpty()).forEach(ids::remove);
    return ids;
  }

  private void add(ScopeFold scope, int depth) {
    for (String id : ids(scope)) {
      TaskKey task = TaskKey.of(scope.scope(), id);
      add(task, depth);
      scope.map(id).ifPresent(map -> items(task, map).forEach(i -> add(task.item(i), depth + 1)));
    }
  }

  private void add(TaskKey task, int depth) {
    if (picked.size() < MOST) {
      picked.add(new Picked(task, depth));
      fold.scope(task.text()).ifPresent(scope -> add(scope, depth + 1));
    }
  }

  /** What failed, what goes on, and what took longest. */
  private Set<Integer> items(TaskKey task, MapFold map) {
    BitSet bad = map.bits(MapFold.End.FAILED);
    bad.or(map.bits(MapFold.End.CRASHED));
    Set<Integer> items = new TreeSet<>();
    bad.stream().limit(MOST_FAILED_ITEMS).forEach(items::add);
    map.open().values().stream()
        .filter(item -> item.state().type() != StateType.PENDING)
        .limit(MOST_OPEN_ITEMS)
        .forEach(item -> items.add(item.task().index()));
    times.apply(task).ifPresent(of -> items.addAll(of.slowest(MOST_SLOW_ITEMS)));
    return items;
  }
}
