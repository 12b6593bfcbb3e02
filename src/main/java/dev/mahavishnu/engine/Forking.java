package dev.mahavishnu.engine;

import dev.mahavishnu.run.Breakpoint;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.StateType;
import dev.mahavishnu.run.TaskKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Makes runs from any moment of other ones, which stay as they are. */
public final class Forking {
  private final Driving driving;
  private final Engine.Parts parts;
  private final Plans plans;
  private final Debugger debugger;

  Forking(Driving driving, Engine.Parts parts, Plans plans, Debugger debugger) {
    this.driving = driving;
    this.parts = parts;
    this.plans = plans;
    this.debugger = debugger;
  }

  /**
   * How a run is made from another one.
   *
   * @param task this one and all that depends on it run again
   * @param seq of an event: what had not completed by then runs again; empty: by now
   * @param parameters those that are others
   * @param edited another flow than the run's
   * @param stands whether it stops before {@code task}
   */
  public record Fork(
      Optional<String> task,
      Optional<Long> seq,
      ObjectNode parameters,
      Optional<dev.mahavishnu.spec.FlowSource> edited,
      boolean stands) {}

  /** Tells what {@link #fork} would take over. */
  public ResumePlan plan(RunId run, Fork fork) {
    RunFold fold = driving.fold(run);
    FlowPlan plan = flow(fold, fork);
    ResumePlan cautious =
        ResumePlanning.linked(fold, plans.of(fold), plan, Set.copyOf(rerun(fold, plan, fork)));
    List<String> touched = new ArrayList<>();
    for (String name : fork.parameters().propertyNames()) {
      plan.flow().tasks().stream()
          .filter(t -> plan.graph().parameters(t.id()).contains(name))
          .forEach(t -> touched.addAll(plan.withDownstream(t.id())));
    }
    List<String> reuse = cautious.reuse().stream().filter(t -> !touched.contains(t)).toList();
    List<String> again = plan.graph().order().stream().filter(t -> !reuse.contains(t)).toList();
    return new ResumePlan(run, reuse, again, List.of(), cautious.orphans());
  }

  /**
   * Makes a new run from any moment of another one, which stays as it is.
   *
   * @throws EngineException when there is no such moment, or the parameters do not fit
   */
  public RunHandle fork(RunId run, Fork fork, String who) {
    RunFold fold = driving.fold(run);
    FlowPlan plan = flow(fold, fork);
    ObjectNode parameters = ((ObjectNode) fold.root().parameters()).deepCopy();
    parameters.setAll(fork.parameters());
    List<Breakpoint> breakpoints = new ArrayList<>(fold.debugging().breakpoints());
    if (fork.stands()) {
      fork.task()
          .map(t -> new Breakpoint(t, Breakpoint.Moment.BEFORE, Optional.empty()))
          .filter(b -> !breakpoints.contains(b))
          .ifPresent(breakpoints::add);
    }
    return driving.create(
        new Adapter.Submission(
            fork.edited().orElseGet(() -> plans.source(fold.root())),
            parameters,
            Optional.of(run),
            who),
        rerun(fold, plan, fork),
        Optional.of(new Driving.Debug(breakpoints, fork.stands() && fork.task().isEmpty())));
  }

  private FlowPlan flow(RunFold fold, Fork fork) {
    return fork.edited().map(plans::of).orElseGet(() -> plans.of(fold));
  }

  private List<String> rerun(RunFold fold, FlowPlan plan, Fork fork) {
    Set<String> again = new LinkedHashSet<>();
    fork.task().ifPresent(t -> again.addAll(plan.withDownstream(t)));
    if (fork.seq().isPresent()) {
      RunFold then = debugger.at(fold.run(), fork.seq().get());
      plan.graph().order().stream()
          .filter(
              id ->
                  then.root()
                      .task(id)
                      .filter(t -> t.state().type() == StateType.COMPLETED)
                      .isEmpty())
          .forEach(again::add);
    }
    return List.copyOf(again);
  }

  /**
   * Runs one task alone, with the inputs that a run recorded, as a run of its own.
   *
   * @throws EngineException when the flow has no such task, or its inputs are not there yet
   */
  public RunHandle alone(RunId run, TaskKey task, String who) {
    RunFold fold = driving.fold(run);
    Map<String, FlowPlan> known = plans.all(fold);
    Debugger.mustHave(known, fold, task);
    return driving.create(
        new Adapter.Submission(
            new Alone(fold, plans.of(fold), task)
                .source(parts.reader(), debugger.look(run, Optional.empty())),
            fold.root().parameters(),
            Optional.of(run),
            who),
        List.of(task.task()),
        Optional.empty());
  }
}
