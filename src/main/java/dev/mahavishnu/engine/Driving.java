package dev.mahavishnu.engine;

import dev.mahavishnu.run.Breakpoint;
import dev.mahavishnu.run.Child;
import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.Stride;
import dev.mahavishnu.secret.Redactor;
import dev.mahavishnu.secret.Secrets;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowSource;
import dev.mahavishnu.spec.MapOver;
import dev.mahavishnu.spec.Parameters;
import dev.mahavishnu.store.Claim;
import dev.mahavishnu.store.RunJournal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Makes runs, takes those that no process holds, and drives them. */
final class Driving {
  private final Engine.Parts parts;
  private final Plans plans;
  private final Consumer<RunHandle> begun;

  /**
   * @param begun is told of every run before anything of it happens
   */
  Driving(Engine.Parts parts, Plans plans, Consumer<RunHandle> begun) {
    this.parts = parts;
    this.plans = plans;
    this.begun = begun;
  }

  /** How a new run is debugged. */
  record Debug(List<Breakpoint> breakpoints, boolean stands) {}

  /** Starts a run. */
  RunHandle create(Adapter.Submission submission) {
    return create(submission, newRun());
  }

  /** Starts a run under an id that is chosen already. */
  RunHandle create(Adapter.Submission submission, RunId as) {
    return create(submission, List.of(), as, Optional.empty());
  }

  private RunId newRun() {
    return RunId.at(parts.clock().instant(), parts.random().nextInt());
  }

  /** Starts a run that takes over what another one did. */
  RunHandle create(Adapter.Submission submission, List<String> rerun, Optional<Debug> debug) {
    return create(submission, rerun, newRun(), debug);
  }

  private RunHandle create(
      Adapter.Submission submission, List<String> rerun, RunId run, Optional<Debug> debug) {
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

  /** Takes a run that nobody holds and goes on with it. */
  RunHandle open(RunId run, Optional<Command> command) {
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

  /**
   * Takes a run, for this process alone.
   *
   * @throws EngineException when another process holds it, or there is none
   */
  RunJournal claim(RunId run) {
    return switch (parts.store().claim(run)) {
      case Claim.Mine mine -> mine.journal();
      case Claim.Held held ->
          throw new EngineException(
              "run " + run + " is held by process " + held.pid() + " on " + held.host());
      case Claim.Missing _ -> throw new EngineException("no run " + run);
    };
  }

  /** Writes a command down that makes nothing happen now. */
  void note(RunId run, Command command) {
    try (RunJournal journal = claim(run)) {
      journal.append(List.of(new RunEvent.Commanded(command)), true);
    }
  }

  /** A run by its journal. */
  RunFold fold(RunId run) {
    return parts
        .store()
        .history()
        .fold(run)
        .orElseThrow(() -> new EngineException("no run " + run));
  }

  /**
   * @throws EngineException when a process holds the run
   */
  void mustBeFree(RunId run) {
    if (parts.store().isHeld(run)) {
      claim(run).close(); // Says who holds it, unless it has just been let go.
    }
  }

  /**
   * Ends what a dead process left running.
   *
   * @throws EngineException when something of it is still there
   */
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
