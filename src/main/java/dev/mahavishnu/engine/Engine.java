package dev.mahavishnu.engine;

import dev.mahavishnu.expr.Expressions;
import dev.mahavishnu.run.Child;
import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.ScopeFold;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.StateType;
import dev.mahavishnu.secret.Redactor;
import dev.mahavishnu.secret.Secrets;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.spec.FlowSource;
import dev.mahavishnu.spec.MapOver;
import dev.mahavishnu.spec.Parameters;
import dev.mahavishnu.spec.Problem;
import dev.mahavishnu.spec.ReadResult;
import dev.mahavishnu.store.Claim;
import dev.mahavishnu.store.RunJournal;
import dev.mahavishnu.store.Store;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
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
   * Starts a run under an id that the caller chose and wrote down, so that it can find out later
   * whether the run was started.
   *
   * @throws dev.mahavishnu.store.StoreException when there is such a run already
   */
  public RunHandle submit(Submission submission, RunId as) {
    return create(submission, List.of(), as);
  }

  private RunHandle create(Submission submission, List<String> rerun) {
    return create(submission, rerun, RunId.at(parts.clock().instant(), parts.random().nextInt()));
  }

  private RunHandle create(Submission submission, List<String> rerun, RunId run) {
    FlowSource source = submission.source();
    Map<String, JsonNode> given = new LinkedHashMap<>();
    submission.parameters().properties().forEach(e -> given.put(e.getKey(), e.getValue()));
    JsonNode parameters =
        switch (Parameters.bind(source.flow(), given)) {
          case Parameters.Bound b -> b.values();
          case Parameters.Unbound u -> throw new EngineException(String.join("\n", u.problems()));
        };
    FlowPlan plan = Evaluations.plan(source, parts.expressions());
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
      journal.append(List.of(opened()), false);
      return drive(journal, new HashMap<>(Map.of("", plan)), Optional.empty());
    } catch (RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  private RunHandle drive(
      RunJournal journal, Map<String, FlowPlan> plans, Optional<Command> command) {
    RunFold fold = journal.fold();
    Flow flow = Objects.requireNonNull(plans.get("")).flow();
    Board board = Restoring.board(fold, plans, places(flow));
    Scopes scopes =
        new Scopes(parts.expressions(), plans, this::secrets, redactor(), parts.store()::seal);
    Reuse reuse =
        fold.created()
            .from()
            .map(from -> Reuse.of(parts.store().history(), from, fold.created().rerun()))
            .orElse(Reuse.NOTHING);
    RunLoop loop = new RunLoop(parts, journal, new Decider(board, parts.random()), scopes, reuse);
    begun.accept(loop);
    loop.start(new Stimulus.Begin(command));
    return loop;
  }

  /** A program may also print what the flow does not declare, but its environment holds. */
  private Redactor redactor() {
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

  private Map<String, String> secrets(FlowPlan plan) {
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
    return ResumePlanning.resume(fold, plans(fold));
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
      Map<String, FlowPlan> plans = plans(journal.fold());
      List<RunEvent> events = new ArrayList<>(List.of(opened()));
      events.addAll(Resetting.events(journal.fold(), plans));
      journal.append(events, true);
      return drive(journal, plans, command);
    } catch (RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  private RunJournal claim(RunId run) {
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
    FlowSource source = source(fold.root());
    List<String> rerun = fromTask.map(t -> andDownstream(source, t)).orElse(List.of());
    return create(
        new Submission(source, fold.root().parameters(), Optional.of(run), requester), rerun);
  }

  /** Tells what {@link #retry} would do. */
  public ResumePlan planRetry(RunId run, Optional<String> fromTask) {
    RunFold fold = fold(run);
    FlowSource source = source(fold.root());
    return planLinked(fold, source, fromTask.map(t -> andDownstream(source, t)).orElse(List.of()));
  }

  private ResumePlan planLinked(RunFold fold, FlowSource source, List<String> rerun) {
    FlowPlan old = Evaluations.plan(source(fold.root()), parts.expressions());
    FlowPlan plan = Evaluations.plan(source, parts.expressions());
    return ResumePlanning.linked(fold, old, plan, Set.copyOf(rerun));
  }

  private List<String> andDownstream(FlowSource source, String task) {
    FlowPlan plan = Evaluations.plan(source, parts.expressions());
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

  private RunFold fold(RunId run) {
    return parts
        .store()
        .history()
        .fold(run)
        .orElseThrow(() -> new EngineException("no run " + run));
  }

  private void mustBeFree(RunId run) {
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

  private void endOrphans(RunFold fold) {
    List<Long> left = new ArrayList<>();
    for (Child child : ResumePlanning.orphans(fold)) {
      left.addAll(parts.ender().end(child, parts.limits().killBound()));
    }
    if (!left.isEmpty()) {
      throw new EngineException(
          "processes of run " + fold.run() + " are still there and can't be killed: " + left);
    }
  }

  private Map<String, FlowPlan> plans(RunFold fold) {
    Map<String, FlowPlan> plans = new HashMap<>();
    for (ScopeFold scope : fold.scopes()) {
      plans.put(scope.scope(), Evaluations.plan(source(scope), parts.expressions()));
    }
    return plans;
  }

  private FlowSource source(ScopeFold scope) {
    ReadResult read =
        parts.reader().read(scope.flow() + " (recorded)", scope.spec(), Path.of(scope.folder()));
    return switch (read) {
      case ReadResult.Valid v -> v.source();
      case ReadResult.Invalid i ->
          throw new EngineException(
              "the recorded flow can't be read any more: "
                  + i.problems().stream().map(Problem::text).collect(Collectors.joining(" | ")));
    };
  }
}
