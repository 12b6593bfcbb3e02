package dev.mahavishnu.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tasks of one flow in a run, as far as they got. */
final class ScopeBoard {
  final String scope;
  final FlowPlan plan;

  /** The task run that runs this flow; empty for the flow itself. */
  final Optional<Cell> parent;

  final Map<String, TaskBoard> tasks = new LinkedHashMap<>();

  /** Whether the failure handlers had their turn. */
  boolean handling;

  /** Whether its outputs are being evaluated. */
  boolean returning;

  /** Tasks of the present turn that have not ended. */
  int open;

  ScopeBoard(String scope, FlowPlan plan, Optional<Cell> parent) {
    this.scope = scope;
    this.plan = plan;
    this.parent = parent;
    plan.flow().tasks().forEach(t -> tasks.put(t.id(), new TaskBoard(t, this, false)));
    plan.flow().onFailure().forEach(t -> tasks.put(t.id(), new TaskBoard(t, this, true)));
    for (TaskBoard task : tasks.values()) {
      for (String id : plan.graph().upstream(task.task.id())) {
        TaskBoard up = tasks.get(id);
        // A handler may read a task of the flow, which has ended by then; it waits for handlers.
        if (up != null && up.handler == task.handler) {
          task.upstream.add(up);
          up.downstream.add(task);
        }
      }
    }
    count();
  }

  /** Counts the tasks of the present turn that have not ended. */
  void count() {
    open = (int) turn().stream().filter(t -> t.end.isEmpty()).count();
  }

  /** The tasks, or after a failure the handlers. */
  Collection<TaskBoard> turn() {
    return tasks.values().stream().filter(t -> t.handler == handling).toList();
  }

  List<TaskBoard> handlers() {
    return tasks.values().stream().filter(t -> t.handler).toList();
  }

  /** Ids of the tasks, handlers aside, that ended badly. */
  List<String> bad() {
    List<String> bad = new ArrayList<>();
    for (TaskBoard task : tasks.values()) {
      if (!task.handler && task.end.filter(MapBoard::isBad).isPresent()) {
        bad.add(task.task.id());
      }
    }
    return bad;
  }
}
