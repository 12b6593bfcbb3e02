package dev.mahavishnu.engine;

import dev.mahavishnu.run.Child;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunEvent.TaskMoved;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.ScopeFold;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.StateType;
import dev.mahavishnu.run.TaskFold;
import dev.mahavishnu.run.TaskKey;
import dev.mahavishnu.spec.Task;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What must be put back when a run is changed while it stands: what was changed, and all that came
 * after it. What is put back may be taken over again where it comes to the same inputs.
 */
final class Amending {
  private final RunFold fold;
  private final Map<String, FlowPlan> plans;
  private final Set<TaskKey> reset = new LinkedHashSet<>();
  private final List<RunEvent> reopened = new ArrayList<>();

  /**
   * @param plans of the flow and its subflows, as the run has them
   */
  Amending(RunFold fold, Map<String, FlowPlan> plans) {
    this.fold = fold;
    this.plans = plans;
  }

  /** Puts a task run back, and all that came after it. */
  void task(TaskKey key) {
    put(key);
    if (key.isItem() && ended(key.whole())) {
      reopen(key.whole());
    }
    after(key.whole());
  }

  /** Puts back all that came after a task. */
  void after(TaskKey key) {
    FlowPlan plan = plan(key.scope());
    plan.withDownstream(key.task()).stream()
        .skip(1)
        .forEach(id -> put(TaskKey.of(key.scope(), id)));
    plan.flow().onFailure().forEach(t -> put(TaskKey.of(key.scope(), t.id())));
    if (!key.scope().isEmpty()) {
      TaskKey parent = TaskKey.parse(key.scope());
      if (ended(parent)) {
        reopen(parent);
      }
      if (parent.isItem() && ended(parent.whole())) {
        reopen(parent.whole());
      }
      after(parent.whole());
    }
  }

  /** Puts back what an edited flow does otherwise. */
  void edit(FlowPlan edited) {
    FlowPlan old = plan("");
    List<String> changed = new ArrayList<>();
    for (String id : edited.graph().order()) {
      Optional<Task> before = old.flow().task(id);
      if (before.isEmpty() || !isSame(before.get(), old, edited.task(id), edited)) {
        changed.add(id);
      }
    }
    for (String id : changed) {
      edited.withDownstream(id).forEach(next -> put(TaskKey.of("", next)));
    }
    old.graph().order().stream()
        .filter(id -> edited.flow().task(id).isEmpty())
        .forEach(id -> put(TaskKey.of("", id)));
    edited.flow().onFailure().forEach(t -> put(TaskKey.of("", t.id())));
  }

  private static boolean isSame(Task one, FlowPlan a, Task other, FlowPlan b) {
    return one.when().equals(other.when())
        && one.runIf() == other.runIf()
        && a.graph().upstream(one.id()).equals(b.graph().upstream(other.id()))
        && ResumePlanning.same(one, a, other, b);
  }

  private void put(TaskKey key) {
    boolean told =
        key.isItem()
            ? fold.scope(key.scope()).flatMap(s -> s.map(key.task())).isPresent()
            : fold.task(key).isPresent();
    if (told) {
      reset.add(key);
    }
  }

  private boolean ended(TaskKey key) {
    return key.isItem()
        ? fold.task(key).isEmpty()
        : fold.task(key).filter(t -> t.state().isFinal()).isPresent();
  }

  private void reopen(TaskKey key) {
    int attempt = fold.task(key).map(TaskFold::attempt).orElse(key.isItem() ? 1 : 0);
    reopened.add(TaskMoved.to(key, attempt, new State.Running(true)));
  }

  private FlowPlan plan(String scope) {
    return Objects.requireNonNull(plans.get(scope), scope);
  }

  /** The events, without the one that says what was changed. */
  List<RunEvent> events() {
    List<RunEvent> events = new ArrayList<>();
    if (!reset.isEmpty()) {
      events.add(new RunEvent.Reset(List.copyOf(reset)));
    }
    events.addAll(reopened);
    return events;
  }

  /**
   * What stays and what will run.
   *
   * @param plan the flow as it is from here on
   * @param done a task that counts as done now
   */
  ResumePlan plan(FlowPlan plan, Optional<TaskKey> done, List<Child> orphans) {
    List<String> keeps = new ArrayList<>();
    List<String> runs = new ArrayList<>();
    ScopeFold root = fold.root();
    for (Task task : plan.flow().tasks()) {
      TaskKey key = TaskKey.of("", task.id());
      boolean completed =
          root.task(task.id()).filter(t -> t.state().type() == StateType.COMPLETED).isPresent();
      boolean opened =
          reopened.stream().anyMatch(e -> e instanceof TaskMoved m && m.task().equals(key));
      boolean kept =
          done.filter(key::equals).isPresent() || (completed && !reset.contains(key) && !opened);
      (kept ? keeps : runs).add(task.id());
    }
    return new ResumePlan(fold.run(), keeps, runs, List.of(), orphans);
  }
}
