package dev.mahavishnu.view;

import dev.mahavishnu.run.MapFold;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.ScopeFold;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.StateNow;
import dev.mahavishnu.run.StateType;
import dev.mahavishnu.run.TaskFold;
import dev.mahavishnu.run.TaskKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All rows of a run's tree, each below the one it belongs to, in the order of the flow. */
final class TreeRows {
  /** Items of one map that get a row of their own; the rest is in the count. */
  private static final int ITEMS = 3;

  private static final State WAITING = new State.Pending();

  private final Map<String, Outline> outlines;
  private final RunFold run;
  private final List<TreeRow> rows = new ArrayList<>();

  private final State flow;

  private TreeRows(RunFold run, Map<String, Outline> outlines, State flow) {
    this.run = run;
    this.outlines = outlines;
    this.flow = flow;
  }

  /**
   * @param outlines what was read before, by spec; grows
   * @param flow the state of the run as it is now: it may be that nobody executes what the journal
   *     calls running
   */
  static List<TreeRow> of(RunFold run, Map<String, Outline> outlines, State flow) {
    TreeRows rows = new TreeRows(run, outlines, flow);
    rows.add(run.root(), -1, 0);
    outlines.keySet().retainAll(specs(run));
    return rows.rows;
  }

  private static Set<String> specs(RunFold run) {
    Set<String> specs = new LinkedHashSet<>();
    run.scopes().forEach(scope -> specs.add(scope.spec()));
    return specs;
  }

  private void add(ScopeFold scope, int parent, int depth) {
    Outline outline = outlines.computeIfAbsent(scope.spec(), Outline::of);
    for (String id : outline.tasks()) {
      add(scope, id, scope.task(id), parent, depth);
    }
    for (String id : outline.onFailure()) {
      Optional<TaskFold> begun = scope.task(id);
      if (begun.isPresent()) {
        add(scope, id, begun, parent, depth);
      }
    }
  }

  private void add(ScopeFold scope, String id, Optional<TaskFold> task, int parent, int depth) {
    int row = rows.size();
    rows.add(row(parent, depth, id, task, scope.map(id)));
    if (task.isEmpty() || task.get().state().isFinal()) {
      return;
    }
    nested(task.get().task(), row, depth);
    scope.map(id).ifPresent(map -> items(map.open().values(), row, depth));
  }

  private TreeRow row(
      int parent, int depth, String name, Optional<TaskFold> fold, Optional<MapFold> map) {
    State state = fold.map(TaskFold::state).orElse(WAITING);
    return new TreeRow(parent, depth, name, StateNow.of(state, flow), fold, map);
  }

  private void items(Iterable<TaskFold> open, int parent, int depth) {
    int shown = 0;
    for (TaskFold item : open) {
      if (shown == ITEMS) {
        return;
      }
      if (item.state().type() != StateType.PENDING) {
        int row = rows.size();
        String name = "[" + item.task().index() + "]";
        rows.add(row(parent, depth + 1, name, Optional.of(item), Optional.empty()));
        nested(item.task(), row, depth + 1);
        shown++;
      }
    }
  }

  private void nested(TaskKey key, int row, int depth) {
    run.scope(key.text()).ifPresent(scope -> add(scope, row, depth + 1));
  }
}
