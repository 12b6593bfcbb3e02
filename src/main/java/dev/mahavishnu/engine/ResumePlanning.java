package dev.mahavishnu.engine;

import dev.mahavishnu.run.Child;
import dev.mahavishnu.run.MapFold;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.ScopeFold;
import dev.mahavishnu.run.StateType;
import dev.mahavishnu.run.TaskFold;
import dev.mahavishnu.run.TaskKey;
import dev.mahavishnu.spec.Task;
import dev.mahavishnu.spec.Work;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Tells beforehand what a resume or a linked run would take over and what it would run. */
final class ResumePlanning {
  private ResumePlanning() {}

  /** Of going on with the same run. */
  static ResumePlan resume(RunFold fold, Map<String, FlowPlan> plans) {
    FlowPlan plan = Objects.requireNonNull(plans.get(""));
    Set<TaskKey> reset = new HashSet<>();
    for (RunEvent event : Resetting.events(fold, plans)) {
      if (event instanceof RunEvent.Reset e) {
        reset.addAll(e.tasks());
      }
    }
    List<String> reuse = new ArrayList<>();
    List<String> again = new ArrayList<>();
    for (Task task : all(plan)) {
      boolean kept = isCompleted(fold, task.id()) && !reset.contains(TaskKey.of("", task.id()));
      if (kept) {
        reuse.add(task.id());
      } else {
        again.add(task.id() + fold.root().map(task.id()).map(ResumePlanning::left).orElse(""));
      }
    }
    List<String> inFlight =
        Restoring.inFlight(fold).stream()
            .map(t -> t.task() + " (" + onCrash(plans, t) + ")")
            .toList();
    return new ResumePlan(fold.run(), reuse, again, inFlight, orphans(fold));
  }

  private static String left(MapFold map) {
    int done = map.count(MapFold.End.COMPLETED) + map.count(MapFold.End.CACHED);
    return " (" + (map.size() - done) + " of " + map.size() + " items)";
  }

  private static String onCrash(Map<String, FlowPlan> plans, TaskFold task) {
    FlowPlan plan = plans.get(task.task().scope());
    return plan == null ? "retry" : plan.task(task.task().task()).onCrash().text();
  }

  /**
   * Of a new run that is linked to this one.
   *
   * @param old the flow as this run has it
   * @param plan the flow that the new run would have
   * @param rerun ids of tasks that run again in any case
   */
  static ResumePlan linked(RunFold fold, FlowPlan old, FlowPlan plan, Set<String> rerun) {
    Set<String> again = new LinkedHashSet<>();
    List<String> reuse = new ArrayList<>();
    for (String id : plan.graph().order()) {
      Task task = plan.task(id);
      boolean changed =
          rerun.contains(id)
              || plan.flow().onFailure().contains(task)
              || task.work() instanceof Work.Approval
              || old.flow().task(id).filter(t -> same(t, old, task, plan)).isEmpty()
              || plan.graph().upstream(id).stream().anyMatch(again::contains);
      if (isCompleted(fold, id) && !changed) {
        reuse.add(id);
      } else {
        again.add(id);
      }
    }
    return new ResumePlan(fold.run(), reuse, List.copyOf(again), List.of(), orphans(fold));
  }

  static boolean same(Task one, FlowPlan a, Task other, FlowPlan b) {
    try {
      return Definition.of(one, a).hash().equals(Definition.of(other, b).hash());
    } catch (TaskException e) {
      return false;
    }
  }

  private static boolean isCompleted(RunFold fold, String id) {
    ScopeFold root = fold.root();
    Optional<TaskFold> task = root.task(id);
    return task.filter(t -> t.state().type() == StateType.COMPLETED).isPresent();
  }

  private static List<Task> all(FlowPlan plan) {
    List<Task> all = new ArrayList<>(plan.flow().tasks());
    all.addAll(plan.flow().onFailure());
    return all;
  }

  /** Processes that a dead process may have left running. */
  static List<Child> orphans(RunFold fold) {
    return Restoring.inFlight(fold).stream().flatMap(t -> t.child().stream()).toList();
  }
}
