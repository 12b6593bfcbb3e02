package dev.mahavishnu.bench;

import dev.mahavishnu.prefect.Deployments;
import dev.mahavishnu.prefect.Filter;
import dev.mahavishnu.prefect.FlowRuns;
import dev.mahavishnu.prefect.OwnPrefect;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.ServedFlow;
import dev.mahavishnu.prefect.ServerState;
import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.run.StateType;
import dev.mahavishnu.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** How soon a worker starts what is triggered, and how much it gets done, beside Prefect's own. */
final class WorkerSpeed {
  private static final int TRIGGERS = 5;
  private static final int RUNS = 500;
  private static final int RUNS_OF_PREFECT = 20;
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private static final String NOTHING =
      """
      flow: nothing
      tasks:
        - {id: only, type: compute, value: 1}
      """;

  private final PrefectClient client;

  private WorkerSpeed(PrefectClient client) {
    this.client = client;
  }

  static List<Row> measure(Path scratch, OwnPrefect own, PrefectClient client) throws Exception {
    WorkerSpeed speed = new WorkerSpeed(client);
    List<Programs> places = new ArrayList<>();
    for (String name : List.of("one", "two")) {
      places.add(
          Programs.in(scratch.resolve(name), own.server().apiUrl()).flow("nothing", NOTHING));
    }
    Programs one = places.getFirst();
    one.run("deployment", "apply", "--name", "nothing", "--pool", "bench");
    UUID ours =
        client.deployments().filter(Filter.ALL.workPools("bench")).findFirst().orElseThrow().id();
    Times soon = speed.triggered(one, ours);
    double rate = speed.many(places, ours);
    try (ServedFlow theirs =
        ServedFlow.nothingOnProcessWorker(own.server(), "python-nothing", "bench", "python")) {
      Times late = speed.toRunning(theirs.id());
      double theirRate = speed.rate(speed.trigger(theirs.id(), RUNS_OF_PREFECT), Instant.now());
      return List.of(
          new Row("trigger to Running, Prefect's process worker", late, late.median(), ""),
          new Row("trigger to Running, worker start", soon, late.median(), "1,000 ms"),
          new Row(
              "a flow run of %d, Prefect's process worker".formatted(RUNS_OF_PREFECT),
              each(theirRate),
              1_000 / theirRate,
              "is %.2f runs/s".formatted(theirRate)),
          new Row(
              "a flow run of %d, two of our workers".formatted(RUNS),
              each(rate),
              1_000 / theirRate,
              "each exactly once; is %.2f runs/s".formatted(rate)));
    }
  }

  private static Times each(double rate) {
    return new Times(new double[] {1_000 / rate});
  }

  private Times triggered(Programs place, UUID deployment) throws Exception {
    Process worker = worker(place);
    try {
      return toRunning(deployment);
    } finally {
      end(worker);
    }
  }

  private static Process worker(Programs place) throws IOException {
    return place.start(
        place.workspace().resolve("worker.out"), "worker", "start", "--pool", "bench");
  }

  private static void end(Process worker) throws InterruptedException {
    worker.destroy();
    worker.waitFor();
  }

  /** The first one is for warming up. */
  private Times toRunning(UUID deployment) throws Exception {
    List<Double> times = new ArrayList<>();
    for (int i = 0; i <= TRIGGERS; i++) {
      Instant asked = Instant.now();
      UUID run = client.deployments().run(deployment, Deployments.RunDraft.now()).id();
      await(Set.of(run));
      Instant running =
          client.flowRuns().states(run).stream()
              .filter(state -> state.type().equals("RUNNING"))
              .map(ServerState::timestamp)
              .flatMap(Optional::stream)
              .findFirst()
              .orElseThrow();
      times.add((double) Duration.between(asked, running).toMillis());
    }
    double[] sorted = times.stream().skip(1).mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return new Times(sorted);
  }

  /** Runs a second of two workers that start when all is there. */
  private double many(List<Programs> places, UUID deployment) throws Exception {
    Set<UUID> runs = trigger(deployment, RUNS);
    List<Process> workers = new ArrayList<>();
    Instant start = Instant.now();
    try {
      for (Programs place : places) {
        workers.add(worker(place));
      }
      double rate = rate(runs, start);
      once(places, runs);
      return rate;
    } finally {
      for (Process worker : workers) {
        end(worker);
      }
    }
  }

  private Set<UUID> trigger(UUID deployment, int count) {
    Set<UUID> runs = new HashSet<>();
    // One after the other: how runs come to be is not what is measured.
    for (int i = 0; i < count; i++) {
      runs.add(client.deployments().run(deployment, Deployments.RunDraft.now()).id());
    }
    return runs;
  }

  private double rate(Set<UUID> runs, Instant start) throws InterruptedException {
    await(runs);
    return runs.size() / (Duration.between(start, Instant.now()).toMillis() / 1e3);
  }

  private void await(Set<UUID> runs) throws InterruptedException {
    UUID[] ids = runs.toArray(UUID[]::new);
    Filter done = Filter.ALL.flowRunIds(ids).flowRunStates(StateType.COMPLETED);
    for (Instant end = Instant.now().plus(LIMIT); Instant.now().isBefore(end); Thread.sleep(100)) {
      if (client.flowRuns().count(done) == ids.length) {
        return;
      }
    }
    throw new IllegalStateException("not all of " + ids.length + " flow runs completed");
  }

  /** That each was run by one of the workers, and that the server saw it run once. */
  private void once(List<Programs> places, Set<UUID> runs) {
    List<String> requesters = new ArrayList<>();
    for (Programs place : places) {
      Path folder = place.workspace().resolve(".mahavishnu");
      try (Store store = Store.open(folder, Clock.systemUTC());
          Stream<RunSummary> all = store.history().list()) {
        all.map(run -> store.history().fold(run.run()).orElseThrow().created().requester())
            .forEach(requesters::add);
      }
    }
    for (UUID run : runs) {
      long local = requesters.stream().filter(r -> r.contains(run.toString())).count();
      int remote = client.flowRuns().find(run).map(FlowRuns.FlowRun::runCount).orElse(0);
      if (local != 1 || remote != 1) {
        throw new IllegalStateException(
            run
                + " was run "
                + local
                + " times here, "
                + remote
                + " times by the server's account");
      }
    }
  }
}
