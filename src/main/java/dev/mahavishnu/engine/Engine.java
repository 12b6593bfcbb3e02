package dev.mahavishnu.engine;

import dev.mahavishnu.expr.Expressions;
import dev.mahavishnu.run.Breakpoint;
import dev.mahavishnu.run.Child;
import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.ScopeFold;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.StateType;
import dev.mahavishnu.run.Stride;
import dev.mahavishnu.secret.Redactor;
import dev.mahavishnu.secret.Secrets;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.spec.FlowSource;
import dev.mahavishnu.spec.MapOver;
import dev.mahavishnu.spec.Parameters;
import dev.mahavishnu.store.Claim;
import dev.mahavishnu.store.RunJournal;
import dev.mahavishnu.store.Store;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    return create(submission, List.of());
  }

  /**
   * Makes a run that stops at these breakpoints.
   *
   * @param stands whether it stops before its first task, too
   */
  public RunHandle submit(Submission submission, List<Breakpoint> breakpoints, boolean stands) {
    return create(submission, List.of(), newRun(), Optional.of(new Debug(breakpoints, stands)));
  }

  /** How a new run is debugged. */
  record Debug(List<Breakpoint> breakpoints, boolean stands) {}

  /**
   * Starts a run under an id that the caller chose and wrote down, so that it can find out later
   * whether the run was started.
   *
   * @throws dev.mahavishnu.store.StoreException when there is such a run already
   */
  public RunHandle submit(Submission submission, RunId as) {
    return create(submission, List.of(), as, Optional.empty());
  }

  private RunHandle create(Submission submission, List<String> rerun) {
    return create(submission, rerun, newRun(), Optional.empty());
  }

  private RunId newRun() {
    return RunId.at(parts.clock().instant(), parts.random().nextInt());
  }

  /** Starts a run that takes over what another one did. */
  RunHandle create(Submission submission, List<String> rerun, Optional<Debug> debug) {
    return create(submission, rerun, newRun(), debug);
  }

  private RunHandle create(
      Submission submission, List<String> rerun, RunId run, Optional<Debug> debug) {
    FlowSource source = submission.source();
    Map<String, JsonNode> given = new LinkedHashMap<>();
    submission.parameters().properties().forEach(e -> given.put(e.getKey(), e.getValue()));
    JsonNode parameters =
        switch (Parameters.bind(source.flow(), given)) {
          case Parameters.Bound b -> b.values();
          case Parameters.Unbound u -> throw new EngineException(String.join("\n", u.problems()));
        };
    FlowPlan plan = plans.of(source);
    secrets(plan);
    RunJournal journal =
        parts
            .store()
            .create(
                new RunEvent.Created(
                    run,
                    source.flow().name(),
                    plan.json(),
                    plan.folder().toString(),
                    plan.size(),
                    parameters,
                    submission.from(),
                    rerun,
                    submission.requester()));
    try {
      String who = submission.requester();
      List<RunEvent> first = new ArrayList<>(List.of(opened()));
      debug.ifPresent(
          d -> first.add(new RunEvent.Commanded(new Command.Break(who, d.breakpoints()))));
      journal.append(first, false);
      Optional<Command> stand =
          debug.filter(Debug::stands).map(_ -> new Command.Step(who, Stride.NOTHING));
      return drive(journal, new HashMap<>(Map.of("", plan)), stand);
    } catch (RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  private RunHandle drive(
      RunJournal journal, Map<String, FlowPlan> known, Optional<Command> command) {
    RunFold fold = journal.fold();
    Flow flow = Objects.requireNonNull(known.get("")).flow();
    Scopes scopes =
        new Scopes(parts.expressions(), known, this::secrets, redactor(), parts.store()::seal);
    Board board =
        Restoring.board(fold, known, places(flow), new BreakpointConditions(scopes, journal));
    Reuse reuse = Reuse.of(parts.store().history(), fold);
    RunLoop loop = new RunLoop(parts, journal, new Decider(board, parts.random()), scopes, reuse);
    begun.accept(loop);
    loop.start(new Stimulus.Begin(command));
    return loop;
  }

  /** A program may also print what the flow does not declare, but its environment holds. */
  Redactor redactor() {
    Redactor redactor = new Redactor();
    redactor.add(parts.secrets().known(List.of()));
    return redactor;
  }

  /** A limit of the flow rules; else a map that asks for more than the engine's default gets it. */
  private int places(Flow flow) {
    int widest =
        flow.tasks().stream()
            .flatMap(t -> t.map().flatMap(MapOver::concurrency).stream())
            .max(Integer::compare)
            .orElse(0);
    return flow.concurrency().orElse(Math.max(parts.limits().concurrency(), widest));
  }

  Map<String, String> secrets(FlowPlan plan) {
    return switch (parts.secrets().resolve(plan.flow().secrets())) {
      case Secrets.Resolved r -> r.values();
      case Secrets.Unresolved u ->
          throw new EngineException(
              u.faults().stream().map(Secrets.Fault::message).collect(Collectors.joining("\n")));
    };
  }

  private static RunEvent.Opened opened() {
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      host = "localhost";
    }
    return new RunEvent.Opened(ProcessHandle.current().pid(), host);
  }

  /**
   * Tells what {@link #resume} would do.
   *
   * @param edited with it, a new run would take over what is done and unchanged
   * @throws EngineException when the run is unknown or can't be resumed
   */
  public ResumePlan planResume(RunId run, Optional<FlowSource> edited) {
    RunFold fold = fold(run);
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
      RunFold fold = fold(run);
      mustBeFree(run);
      endOrphans(fold);
      return create(
          new Submission(
              edited.get(), fitting(edited.get().flow(), fold), Optional.of(run), requester),
          List.of());
    }
    mustBeResumable(fold(run));
    return open(run, Optional.empty());
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

  private RunHandle open(RunId run, Optional<Command> command) {
    RunJournal journal = claim(run);
    try {
      endOrphans(journal.fold());
      Map<String, FlowPlan> known = plans.all(journal.fold());
      List<RunEvent> events = new ArrayList<>(List.of(opened()));
      events.addAll(Resetting.events(journal.fold(), known));
      journal.append(events, true);
      return drive(journal, known, command);
    } catch (RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  RunJournal claim(RunId run) {
    return switch (parts.store().claim(run)) {
      case Claim.Mine mine -> mine.journal();
      case Claim.Held held ->
          throw new EngineException(
              "run " + run + " is held by process " + held.pid() + " on " + held.host());
      case Claim.Missing _ -> throw new EngineException("no run " + run);
    };
  }

  /**
   * Starts a new run with the same flow and parameters, linked to the old one, which stays as it
   * is.
   *
   * @param fromTask this task and all that depend on it run again; absent: only what did not
   *     complete
   */
  public RunHandle retry(RunId run, Optional<String> fromTask, String requester) {
    RunFold fold = fold(run);
    mustBeFree(run);
    endOrphans(fold);
    FlowSource source = plans.source(fold.root());
    List<String> rerun = fromTask.map(t -> andDownstream(source, t)).orElse(List.of());
    return create(
        new Submission(source, fold.root().parameters(), Optional.of(run), requester), rerun);
  }

  /** Tells what {@link #retry} would do. */
  public ResumePlan planRetry(RunId run, Optional<String> fromTask) {
    RunFold fold = fold(run);
    FlowSource source = plans.source(fold.root());
    return planLinked(fold, source, fromTask.map(t -> andDownstream(source, t)).orElse(List.of()));
  }

  private ResumePlan planLinked(RunFold fold, FlowSource source, List<String> rerun) {
    FlowPlan old = plans.of(fold);
    FlowPlan plan = plans.of(source);
    return ResumePlanning.linked(fold, old, plan, Set.copyOf(rerun));
  }

  private List<String> andDownstream(FlowSource source, String task) {
    return andDownstream(plans.of(source), task);
  }

  /**
   * @throws EngineException when the flow has no such task
   */
  static List<String> andDownstream(FlowPlan plan, String task) {
    if (plan.flow().task(task).isEmpty()) {
      throw new EngineException("flow " + plan.flow().name() + " has no task `" + task + "`");
    }
    Set<String> all = new LinkedHashSet<>();
    Deque<String> next = new ArrayDeque<>(List.of(task));
    while (!next.isEmpty()) {
      String id = next.remove();
      if (all.add(id)) {
        next.addAll(plan.graph().downstream(id));
      }
    }
    return List.copyOf(all);
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
    RunFold fold = fold(run);
    if (fold.state().isFinal() && fold.state().type() != StateType.CRASHED) {
      throw new EngineException("run " + run + " is " + fold.state().name() + " already");
    }
    return switch (command) {
      case Command.Pause _, Command.Suspend _ ->
          throw new EngineException("run " + run + " is not running");
      case Command.Resume c -> Optional.of(resume(run, Optional.empty(), c.who()));
      case Command.Step _ -> {
        mustBeResumable(fold);
        yield Optional.of(open(run, Optional.of(command)));
      }
      case Command.Break _ -> {
        note(run, command);
        yield Optional.empty();
      }
      case Command.Approve c -> {
        mustAsk(fold, c.task());
        yield Optional.of(open(run, Optional.of(command)));
      }
      case Command.Deny c -> {
        mustAsk(fold, c.task());
        yield Optional.of(open(run, Optional.of(command)));
      }
      case Command.Cancel _ -> Optional.of(open(run, Optional.of(command)));
    };
  }

  /** Writes a command down that makes nothing happen now. */
  private void note(RunId run, Command command) {
    try (RunJournal journal = claim(run)) {
      journal.append(List.of(new RunEvent.Commanded(command)), true);
    }
  }

  /** Looks at runs and changes them while they stand. */
  public Debugger debugger() {
    return new Debugger(this, parts, plans);
  }

  private static void mustAsk(RunFold fold, Optional<String> task) {
    List<String> asking = asking(fold);
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

  /** The task runs that wait for a person. */
  public static List<String> asking(RunFold fold) {
    List<String> asking = new ArrayList<>();
    for (ScopeFold scope : fold.scopes()) {
      scope.tasks().stream()
          .filter(t -> t.state().type() == StateType.PAUSED)
          .forEach(t -> asking.add(t.task().text()));
      scope.maps().values().stream()
          .flatMap(m -> m.open().values().stream())
          .filter(t -> t.state().type() == StateType.PAUSED)
          .forEach(t -> asking.add(t.task().text()));
    }
    return asking;
  }

  RunFold fold(RunId run) {
    return parts
        .store()
        .history()
        .fold(run)
        .orElseThrow(() -> new EngineException("no run " + run));
  }

  void mustBeFree(RunId run) {
    if (parts.store().isHeld(run)) {
      claim(run).close(); // Says who holds it, unless it has just been let go.
    }
  }

  private void mustBeResumable(RunFold fold) {
    mustBeFree(fold.run());
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

  void endOrphans(RunFold fold) {
    List<Long> left = new ArrayList<>();
    for (Child child : ResumePlanning.orphans(fold)) {
      left.addAll(parts.ender().end(child, parts.limits().killBound()));
    }
    if (!left.isEmpty()) {
      throw new EngineException(
          "processes of run " + fold.run() + " are still there and can't be killed: " + left);
    }
  }
}
