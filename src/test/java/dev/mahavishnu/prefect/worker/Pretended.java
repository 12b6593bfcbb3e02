package dev.mahavishnu.prefect.worker;

import dev.mahavishnu.engine.RunHandle;
import dev.mahavishnu.prefect.Deployments;
import dev.mahavishnu.prefect.FlowRuns;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.StateChange;
import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.StateType;
import dev.mahavishnu.run.TaskCounts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** Runs that do nothing but tell the server; those of a held one end when they are let go. */
final class Pretended implements RunStarter {
  private final PrefectClient client;
  private final boolean held;
  private final Map<RunId, Run> runs = new ConcurrentHashMap<>();

  /** Ids of flow runs as they were begun. */
  final List<UUID> begun = new CopyOnWriteArrayList<>();

  /** Runs that were gone on with. */
  final List<RunId> resumed = new CopyOnWriteArrayList<>();

  Pretended(PrefectClient client, boolean held) {
    this.client = client;
    this.held = held;
  }

  private final class Run implements RunHandle {
    private final RunId id;
    private final UUID flowRun;
    private CompletableFuture<State> end = new CompletableFuture<>();

    Run(RunId id, UUID flowRun) {
      this.id = id;
      this.flowRun = flowRun;
    }

    Run go() {
      end = new CompletableFuture<>();
      client.flowRuns().setState(flowRun, StateChange.to(StateType.RUNNING));
      if (!held) {
        complete();
      }
      return this;
    }

    void complete() {
      client.flowRuns().setState(flowRun, StateChange.to(StateType.COMPLETED));
      end.complete(State.Completed.DONE);
    }

    void pause() {
      client
          .flowRuns()
          .setState(flowRun, StateChange.paused(Instant.now().plusSeconds(600), "k", false));
      end.complete(new State.Paused(State.Paused.Why.PAUSED, ""));
    }

    @Override
    public RunId run() {
      return id;
    }

    @Override
    public void follow(Consumer<Recorded> listener) {}

    @Override
    public void command(Command command) {
      switch (command) {
        case Command.Suspend _ -> end.complete(new State.Paused(State.Paused.Why.SUSPENDED, ""));
        case Command.Cancel _ -> {
          client.flowRuns().setState(flowRun, StateChange.to(StateType.CANCELLED));
          end.complete(new State.Cancelled(""));
        }
        case Command.Pause _,
            Command.Resume _,
            Command.Step _,
            Command.Break _,
            Command.Approve _,
            Command.Deny _ ->
            throw new IllegalArgumentException(command.toString());
      }
    }

    @Override
    public State await() throws InterruptedException {
      try {
        return end.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  void complete() {
    runs.values().forEach(Run::complete);
  }

  void complete(RunId run) {
    runs.get(run).complete();
  }

  /** As one who pauses them on the server does; they come to rest. */
  void pause() {
    runs.values().forEach(Run::pause);
  }

  @Override
  public RunHandle begin(FlowRuns.FlowRun flowRun, Deployments.Deployment deployment) throws Unfit {
    if (deployment.name().equals("unfit")) {
      throw new Unfit(StateType.CRASHED, "it holds no flow");
    }
    RunId id = RunId.at(Instant.now(), ThreadLocalRandom.current().nextInt());
    Run run = new Run(id, flowRun.id()).go();
    runs.put(id, run);
    // Last, since who sees it here may complete it.
    begun.add(flowRun.id());
    return run;
  }

  @Override
  public RunHandle goOn(RunId run, boolean answered) {
    Run going = runs.get(run).go();
    resumed.add(run);
    return going;
  }

  @Override
  public Optional<RunSummary> summary(RunId run) {
    return Optional.ofNullable(runs.get(run))
        .map(
            r ->
                new RunSummary(
                    run,
                    "pretended",
                    r.end.getNow(new State.Crashed("")),
                    true,
                    Instant.EPOCH,
                    Optional.empty(),
                    Optional.empty(),
                    new TaskCounts(100, 40, 0, 0, 0, 0, 0, 0, 0, 60)));
  }

  @Override
  public Optional<RunId> runOf(UUID flowRun, Instant since) {
    return runs.values().stream()
        .filter(run -> run.flowRun.equals(flowRun))
        .map(run -> run.id)
        .findFirst();
  }

  @Override
  public void cancel(RunId run) {
    runs.get(run).command(new Command.Cancel("test"));
  }
}
