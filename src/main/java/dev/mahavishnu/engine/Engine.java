package dev.mahavishnu.engine;

import dev.mahavishnu.expr.Expressions;
import dev.mahavishnu.run.Breakpoint;
import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.StateType;
import dev.mahavishnu.secret.Secrets;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.spec.FlowSource;
import dev.mahavishnu.store.Store;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The embedded engine: runs flows on this machine, durably. Safe for several threads. */
public final class Engine implements Adapter {

  /** What an engine is made of. */
  record Parts(
      Store store,
      Expressions expressions,
      FlowReader reader,
      Secrets secrets,
      Map<String, TaskRunner> runners,
      EngineLimits limits,
      Clock clock,
      RandomGenerator random,
      Function<String, Optional<FlowSource>> flows,
      ChildEnder ender) {}

  private final Parts parts;
  private final Plans plans;
  private final Consumer<RunHandle> begun;
  private final Driving driving;

  /**
   * @param flows finds a flow of the workspace by its name, for subflows
   * @param ender ends what a dead process left running
   */
  public Engine(
      Store store,
      Expressions expressions,
      Secrets secrets,
      List<TaskRunner> runners,
      EngineLimits limits,
      Clock clock,
      RandomGenerator random,
      Function<String, Optional<FlowSource>> flows,
      ChildEnder ender) {
    this(
        new Parts(
            store,
            expressions,
            new FlowReader(expressions),
            secrets,
            runners.stream().collect(Collectors.toUnmodifiableMap(TaskRunner::type, r -> r)),
            limits,
            clock,
            random,
            flows,
            ender),
        _ -> {});
  }

  private Engine(Parts parts, Consumer<RunHandle> begun) {
    this.parts = parts;
    this.plans = new Plans(parts.reader(), parts.expressions());
    this.begun = begun;
    this.driving = new Driving(parts, plans, begun);
  }

  /**
   * The same engine, which tells of every run that it begins to drive, whichever call made it so.
   *
   * @param listener called before anything of the run happens, on the thread of the call; it must
   *     neither wait nor throw
   */
  public Engine telling(Consumer<RunHandle> listener) {
    return new Engine(parts, begun.andThen(listener));
  }

  /**
   * The same engine, which finds the flows of subflows elsewhere.
   *
   * @param flows by name
   */
  public Engine finding(Function<String, Optional<FlowSource>> flows) {
    return new Engine(
        new Parts(
            parts.store(),
            parts.expressions(),
            parts.reader(),
            parts.secrets(),
            parts.runners(),
            parts.limits(),
            parts.clock(),
            parts.random(),
            flows,
            parts.ender()),
        begun);
  }

  @Override
  public String name() {
    return "embedded";
  }

  /**
   * Starts a run.
   *
   * @throws EngineException when parameters or secrets are missing or wrong
   */
  @Override
  public RunHandle submit(Submission submission) {
    return driving.create(submission);
  }

  /**
   * Makes a run that stops at these breakpoints.
   *
   * @param stands whether it stops before its first task, too
   */
  public RunHandle submit(Submission submission, List<Breakpoint> breakpoints, boolean stands) {
    return driving.create(
        submission, List.of(), Optional.of(new Driving.Debug(breakpoints, stands)));
  }

  /**
   * Starts a run under an id that the caller chose and wrote down, so that it can find out later
   * whether the run was started.
   *
   * @throws dev.mahavishnu.store.StoreException when there is such a run already
   */
  public RunHandle submit(Submission submission, RunId as) {
    return driving.create(submission, as);
  }

  /**
   * Tells what {@link #resume} would do.
   *
   * @param edited with it, a new run would take over what is done and unchanged
   * @throws EngineException when the run is unknown or can't be resumed
   */
  public ResumePlan planResume(RunId run, Optional<FlowSource> edited) {
    RunFold fold = driving.fold(run);
    if (edited.isPresent()) {
      return planLinked(fold, edited.get(), List.of());
    }
    mustBeResumable(fold);
    return ResumePlanning.resume(fold, plans.all(fold));
  }

  /**
   * Goes on with a run: what is completed stays, what was in flight follows its {@code on_crash}.
   *
   * @param edited with it, a new linked run takes over what is done and unchanged
   * @throws EngineException when another process holds the run, it can't be resumed, or what its
   *     dead process left running can't be ended
   */
  public RunHandle resume(RunId run, Optional<FlowSource> edited, String requester) {
    if (edited.isPresent()) {
      RunFold fold = driving.fold(run);
      driving.mustBeFree(run);
      driving.endOrphans(fold);
      return driving.create(
          new Submission(
              edited.get(), fitting(edited.get().flow(), fold), Optional.of(run), requester));
    }
    mustBeResumable(driving.fold(run));
    return driving.open(run, Optional.empty());
  }

  /** The parameters of the earlier run that the edited flow still has. */
  private static JsonNode fitting(Flow flow, RunFold fold) {
    var kept = tools.jackson.databind.node.JsonNodeFactory.instance.objectNode();
    fold.root()
        .parameters()
        .properties()
        .forEach(
            e -> {
              if (flow.parameters().stream().anyMatch(p -> p.name().equals(e.getKey()))) {
                kept.set(e.getKey(), e.getValue());
              }
            });
    return kept;
  }

  /**
   * Starts a new run with the same flow and parameters, linked to the old one, which stays as it
   * is.
   *
   * @param fromTask this task and all that depend on it run again; absent: only what did not
   *     complete
   */
  public RunHandle retry(RunId run, Optional<String> fromTask, String requester) {
    RunFold fold = driving.fold(run);
    driving.mustBeFree(run);
    driving.endOrphans(fold);
    FlowSource source = plans.source(fold.root());
    List<String> rerun = rerun(source, fromTask);
    return driving.create(
        new Submission(source, fold.root().parameters(), Optional.of(run), requester),
        rerun,
        Optional.empty());
  }

  /** Tells what {@link #retry} would do. */
  public ResumePlan planRetry(RunId run, Optional<String> fromTask) {
    RunFold fold = driving.fold(run);
    FlowSource source = plans.source(fold.root());
    return planLinked(fold, source, rerun(source, fromTask));
  }

  private List<String> rerun(FlowSource source, Optional<String> fromTask) {
    return fromTask.map(plans.of(source)::withDownstream).orElse(List.of());
  }

  private ResumePlan planLinked(RunFold fold, FlowSource source, List<String> rerun) {
    FlowPlan old = plans.of(fold);
    FlowPlan plan = plans.of(source);
    return ResumePlanning.linked(fold, old, plan, Set.copyOf(rerun));
  }

  /**
   * Gives a run a command. Who holds the run gets it through the inbox and this returns at once; a
   * run that nobody holds is taken and driven here as far as the command goes.
   *
   * @return the handle when the run is driven here now
   * @throws EngineException when the command makes no sense for the run
   */
  public Optional<RunHandle> command(RunId run, Command command) {
    if (parts.store().isHeld(run)) {
      parts.store().send(run, command);
      return Optional.empty();
    }
    RunFold fold = driving.fold(run);
    if (fold.state().isFinal() && fold.state().type() != StateType.CRASHED) {
      throw new EngineException("run " + run + " is " + fold.state().name() + " already");
    }
    return switch (command) {
      case Command.Pause _, Command.Suspend _ ->
          throw new EngineException("run " + run + " is not running");
      case Command.Resume c -> Optional.of(resume(run, Optional.empty(), c.who()));
      case Command.Step _ -> {
        mustBeResumable(fold);
        yield Optional.of(driving.open(run, Optional.of(command)));
      }
      case Command.Break _ -> {
        driving.note(run, command);
        yield Optional.empty();
      }
      case Command.Approve c -> {
        mustAsk(fold, c.task());
        yield Optional.of(driving.open(run, Optional.of(command)));
      }
      case Command.Deny c -> {
        mustAsk(fold, c.task());
        yield Optional.of(driving.open(run, Optional.of(command)));
      }
      case Command.Cancel _ -> Optional.of(driving.open(run, Optional.of(command)));
    };
  }

  /** Looks at runs and changes them while they stand. */
  public Debugger debugger() {
    return new Debugger(driving, parts, plans);
  }

  /** Makes runs from any moment of other ones. */
  public Forking forking() {
    return new Forking(driving, parts, plans, debugger());
  }

  private static void mustAsk(RunFold fold, Optional<String> task) {
    List<String> asking = fold.asking();
    if (asking.isEmpty()) {
      throw new EngineException("run " + fold.run() + " is not waiting for approval");
    }
    if (task.isPresent() && !asking.contains(task.get())) {
      throw new EngineException(
          "task `"
              + task.get()
              + "` is not waiting for approval; waiting: "
              + String.join(", ", asking));
    }
  }

  private void mustBeResumable(RunFold fold) {
    driving.mustBeFree(fold.run());
    State state = fold.state();
    if (state.type() == StateType.COMPLETED || state.type() == StateType.CANCELLED) {
      throw new EngineException(
          "run "
              + fold.run()
              + " is "
              + state.name()
              + "; `run retry` makes a new run of the same flow");
    }
  }
}
