package dev.mahavishnu.engine;

import dev.mahavishnu.run.MapFold.End;
import dev.mahavishnu.run.TaskKey;
import dev.mahavishnu.spec.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A task of a flow, as far as it got. */
final class TaskBoard {
  final Task task;
  final TaskKey key;
  final ScopeBoard scope;
  final boolean handler;
  final List<TaskBoard> upstream = new ArrayList<>();
  final List<TaskBoard> downstream = new ArrayList<>();

  /** Whether its trigger rule was decided. */
  boolean examined;

  Optional<End> end = Optional.empty();
  Optional<MapBoard> map = Optional.empty();

  TaskBoard(Task task, ScopeBoard scope, boolean handler) {
    this.task = task;
    this.scope = scope;
    this.handler = handler;
    this.key = TaskKey.of(scope.scope, task.id());
  }

  TriggerRule.Verdict verdict() {
    List<End> ends = new ArrayList<>(upstream.size());
    for (TaskBoard t : upstream) {
      t.end.ifPresent(ends::add);
    }
    return TriggerRule.verdict(task.runIf(), ends, upstream.size());
  }
}
