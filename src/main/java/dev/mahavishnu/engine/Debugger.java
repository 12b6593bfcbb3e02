package dev.mahavishnu.engine;

import dev.mahavishnu.run.Output;
import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunEvent.Hashes;
import dev.mahavishnu.run.RunEvent.TaskMoved;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.StateType;
import dev.mahavishnu.run.TaskFold;
import dev.mahavishnu.run.TaskKey;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.store.RunJournal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Looks at runs at any moment of their life, and changes them while they stand: PAUSED, suspended,
 * failed or crashed, held by no process. What a change brings about is in the journal before this
 * returns; nothing runs until the run goes on.
 */
public final class Debugger {
  private final Driving driving;
  private final Engine.Parts parts;
  private final Plans plans;

  Debugger(Driving driving, Engine.Parts parts, Plans plans) {
    this.driving = driving;
    this.parts = parts;
    this.plans = plans;
  }

  /**
   * A run as it was.
   *
   * @param seq of the last event that had happened; empty: all
   * @throws EngineException when there is no such run, or no such event
   */
  public Look look(RunId run, Optional<Long> seq) {
    RunFold fold = seq.isEmpty() ? driving.fold(run) : at(run, seq.get());
    return new Look(fold, scopes(fold), Told.by(parts.store().history(), fold));
  }

  /** As it was when this event had happened. */
  RunFold at(RunId run, long seq) {
    List<Recorded> events = parts.store().history().events(run, 1);
    if (seq < 1 || seq > events.size()) {
      throw new EngineException(
          events.isEmpty() ? "no run " + run : "run " + run + " has events 1 to " + events.size());
    }
    RunFold fold = new RunFold();
    events.subList(0, (int) seq).forEach(fold::apply);
    return fold;
  }

  private Scopes scopes(RunFold fold) {
    return new Scopes(
        parts.expressions(),
        new HashMap<>(plans.all(fold)),
        this::secrets,
        driving.redactor(),
        parts.store()::seal);
  }

  /** A secret that is not there any more hides nothing that can be seen. */
  private Map<String, String> secrets(FlowPlan plan) {
    try {
      return driving.secrets(plan);
    } catch (EngineException e) {
      return Map.of();
    }
  }

  /**
   * Tells what {@link #change} would do.
   *
   * @throws EngineException when the run can't be changed so
   */
  public ResumePlan planChange(RunId run, Change change) {
    RunFold fold = changeable(run);
    return amendment(fold, change).plan();
  }

  /**
   * Changes a run that stands.
   *
   * @param why for the record; may be empty
   * @throws EngineException when the run can't be changed so, or a process holds it
   */
  public ResumePlan change(RunId run, Change change, String who, String why) {
    RunFold before = changeable(run);
    driving.endOrphans(before);
    try (RunJournal journal = driving.claim(run)) {
      // What the journal has now, not what it had when it was looked at.
      RunFold fold = journal.fold();
      mustStand(fold);
      Amendment amendment = amendment(fold, change);
      List<RunEvent> events = new ArrayList<>();
      events.add(amendment.what(change, who, why));
      events.addAll(amendment.events());
      ended(journal, change, who, why).ifPresent(events::add);
      journal.append(events, true);
      return amendment.plan();
    }
  }

  private RunFold changeable(RunId run) {
    RunFold fold = driving.fold(run);
    if (parts.store().isHeld(run)) {
      throw new EngineException(
          "run " + run + " is running: pause it first, or have it stop at a breakpoint");
    }
    mustStand(fold);
    return fold;
  }

  private static void mustStand(RunFold fold) {
    StateType type = fold.state().type();
    if (type == StateType.COMPLETED || type == StateType.CANCELLED) {
      throw new EngineException(
          "run "
              + fold.run()
              + " is "
              + fold.state().name()
              + " and stays as it is; `run fork` makes a new one from any moment of it");
    }
  }

  /**
   * What a change comes to.
   *
   * @param spec the flow from here on, where it is another one
   */
  private record Amendment(
      List<RunEvent> events, ResumePlan plan, Optional<FlowPlan> spec, List<String> rerun) {
    RunEvent what(Change change, String who, String why) {
      return new RunEvent.Amended(
          who,
          change.text(),
          why,
          spec.map(FlowPlan::json),
          spec.map(FlowPlan::size).orElse(0),
          rerun);
    }
  }

  private Amendment amendment(RunFold fold, Change change) {
    Map<String, FlowPlan> known = plans.all(fold);
    Amending amending = new Amending(fold, known);
    FlowPlan root = Objects.requireNonNull(known.get(""));
    return switch (change) {
      case Change.Output c -> counted(fold, known, amending, c.task());
      case Change.Mark c -> counted(fold, known, amending, c.task());
      case Change.Again c -> {
        mustHave(known, fold, c.task());
        amending.task(c.task());
        List<String> again = root.withDownstream(c.task().top());
        yield amendment(fold, amending, root, Optional.empty(), Optional.empty(), again);
      }
      case Change.Edit c -> {
        FlowPlan edited = plans.of(c.source());
        mustFit(root.flow(), edited.flow());
        amending.edit(edited);
        yield amendment(fold, amending, edited, Optional.empty(), Optional.of(edited), List.of());
      }
    };
  }

  private Amendment counted(
      RunFold fold, Map<String, FlowPlan> known, Amending amending, TaskKey task) {
    mustHave(known, fold, task);
    amending.task(task);
    return amendment(
        fold,
        amending,
        Objects.requireNonNull(known.get("")),
        Optional.of(task),
        Optional.empty(),
        List.of());
  }

  private static Amendment amendment(
      RunFold fold,
      Amending amending,
      FlowPlan plan,
      Optional<TaskKey> done,
      Optional<FlowPlan> spec,
      List<String> rerun) {
    return new Amendment(
        amending.events(), amending.plan(plan, done, ResumePlanning.orphans(fold)), spec, rerun);
  }

  /**
   * @throws EngineException when the run has no such task
   */
  static void mustHave(Map<String, FlowPlan> known, RunFold fold, TaskKey task) {
    FlowPlan plan = known.get(task.scope());
    if (plan == null || plan.flow().task(task.task()).isEmpty()) {
      throw new EngineException("run " + fold.run() + " has no task `" + task + "`");
    }
    boolean item =
        !task.isItem()
            || fold.scope(task.scope())
                .flatMap(s -> s.map(task.task()))
                .filter(m -> task.index() < m.size())
                .isPresent();
    if (!item) {
      throw new EngineException("task `" + task.whole() + "` has no item " + task.index() + " yet");
    }
  }

  /** A run keeps its name and its parameters. */
  private static void mustFit(Flow flow, Flow edited) {
    if (!flow.name().equals(edited.name())) {
      throw new EngineException(
          "the run is of flow `" + flow.name() + "`, not of `" + edited.name() + "`");
    }
    if (!flow.parameters().equals(edited.parameters())) {
      throw new EngineException(
          "the parameters of a run stay as they are: `run fork --set NAME=VALUE` makes a run with"
              + " others");
    }
  }

  /** The event by which a task counts as ended. */
  private Optional<RunEvent> ended(RunJournal journal, Change change, String who, String why) {
    String said = " by " + who + (why.isBlank() ? "" : ": " + why);
    return switch (change) {
      case Change.Output c -> Optional.of(output(journal, c, "set" + said));
      case Change.Mark c ->
          Optional.of(
              TaskMoved.to(
                  c.task(),
                  attempt(journal.fold(), c.task()),
                  switch (c.as()) {
                    case COMPLETED ->
                        new State.Completed(State.Completed.How.DONE, "marked" + said);
                    case SKIPPED ->
                        new State.Completed(State.Completed.How.SKIPPED, "skipped" + said);
                    case FAILED -> new State.Failed(State.Failed.How.ERROR, "marked" + said);
                  }));
      case Change.Again _, Change.Edit _ -> Optional.empty();
    };
  }

  private TaskMoved output(RunJournal journal, Change.Output change, String said) {
    TaskKey task = change.task();
    Scopes scopes = scopes(journal.fold());
    Inputs inputs = scopes.inputs(task, Told.by(journal));
    boolean secret = Secrecy.holdsSecret(change.value(), inputs.secrets(), scopes.redactor());
    Output kept = journal.keep(change.value(), secret);
    return new TaskMoved(
        task,
        attempt(journal.fold(), task),
        new State.Completed(State.Completed.How.DONE, said),
        Optional.empty(),
        Optional.of(kept),
        hashes(inputs, task));
  }

  /** With them, a run made from this one takes the output over. */
  private static Optional<Hashes> hashes(Inputs inputs, TaskKey task) {
    try {
      return Optional.of(inputs.hashes(task));
    } catch (TaskException e) {
      return Optional.empty();
    }
  }

  private static int attempt(RunFold fold, TaskKey task) {
    return fold.task(task).map(TaskFold::attempt).orElse(0);
  }

  /**
   * Why a task run is what it is.
   *
   * @throws EngineException when there is no such task
   */
  public Why why(RunId run, TaskKey task) {
    Explaining.Side here = side(run);
    dev.mahavishnu.spec.Task _ = here.look().task(task);
    Optional<Explaining.Side> from =
        here.look()
            .fold()
            .created()
            .from()
            .filter(r -> parts.store().history().fold(r).isPresent())
            .map(this::side);
    return new Explaining(here, from, task).why();
  }

  private Explaining.Side side(RunId run) {
    return new Explaining.Side(look(run, Optional.empty()), parts.store().history().events(run, 1));
  }

  /** What is not the same in two runs. */
  public Comparison compare(RunId one, RunId other) {
    return new Comparing(look(one, Optional.empty()), look(other, Optional.empty())).compare();
  }
}
