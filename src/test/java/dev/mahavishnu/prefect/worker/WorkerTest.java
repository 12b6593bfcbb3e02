package dev.mahavishnu.prefect.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mahavishnu.prefect.DeploymentDraft;
import dev.mahavishnu.prefect.Deployments;
import dev.mahavishnu.prefect.Filter;
import dev.mahavishnu.prefect.FlowRuns;
import dev.mahavishnu.prefect.Flows;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.RealPrefect;
import dev.mahavishnu.prefect.ServerState;
import dev.mahavishnu.prefect.StateChange;
import dev.mahavishnu.prefect.WorkPools;
import dev.mahavishnu.prefect.Workers;
import dev.mahavishnu.run.StateType;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers of one pool on a real server, with runs that do nothing. */
final class WorkerTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration BEAT = Duration.ofSeconds(1);
  private static PrefectClient client;

  @TempDir Path folder;
  private final Set<String> locks = ConcurrentHashMap.newKeySet();
  private volatile Mirrored mirrored = (_, _) -> true;
  private final List<Told> told = new CopyOnWriteArrayList<>();
  private final List<Running> running = new ArrayList<>();
  private String pool;
  private Flows.Flow flow;

  @BeforeAll
  static void connect() {
    client = RealPrefect.open().client();
  }

  @AfterAll
  static void close() {
    if (client != null) {
      client.close();
    }
  }

  @BeforeEach
  void pool() {
    pool = "pool-" + UUID.randomUUID();
    client
        .workPools()
        .create(
            pool, PoolTemplate.TYPE, WorkPools.Change.NOTHING.baseJobTemplate(PoolTemplate.json()));
    flow = client.flows().ensure("flow-" + UUID.randomUUID(), List.of(), Map.of());
  }

  @AfterEach
  void stop() throws InterruptedException {
    for (Running worker : running) {
      worker.worker().hurry();
      worker.thread().join(PATIENCE);
    }
  }

  private record Running(Worker worker, Thread thread) {}

  private Lifeline lifeline() {
    return name -> locks.add(name) ? Optional.of(() -> locks.remove(name)) : Optional.empty();
  }

  private Running start(String name, RunStarter starter, Path workspace, int limit) {
    return start(name, starter, workspace, limit, BEAT);
  }

  private Running start(String name, RunStarter starter, Path workspace, int limit, Duration beat) {
    Workplace place =
        new Workplace(
            client,
            starter,
            new ClaimFolder(workspace.resolve("claims")),
            lifeline(),
            mirrored,
            Clock.systemUTC(),
            told::add);
    Worker worker =
        new Worker(
            place, new WorkerSettings(pool, name, List.of(), limit, beat, Duration.ofSeconds(60)));
    locks.add(name);
    Thread thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    worker.run();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    Running result = new Running(worker, thread);
    running.add(result);
    return result;
  }

  private UUID deployment(String name) {
    return client
        .deployments()
        .put(
            DeploymentDraft.of(flow.id(), name).with(DeploymentDraft.Change.NOTHING.workPool(pool)))
        .id();
  }

  private FlowRuns.FlowRun trigger(UUID deployment) {
    return client.deployments().run(deployment, Deployments.RunDraft.now());
  }

  private ServerState state(UUID run) {
    return client.flowRuns().find(run).flatMap(FlowRuns.FlowRun::state).orElseThrow();
  }

  private void awaitState(UUID run, String type) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(() -> assertThat(state(run).type()).isEqualTo(type));
  }

  private List<String> names(UUID run) {
    return client.flowRuns().states(run).stream().map(ServerState::name).toList();
  }

  @Test
  void a_triggered_run_is_claimed_labelled_and_run_and_the_worker_is_forgotten_when_it_stops()
      throws InterruptedException {
    Pretended starter = new Pretended(client, false);
    Running worker = start("w", starter, folder, 4);
    await()
        .atMost(PATIENCE)
        .until(() -> client.workPools().find(pool).orElseThrow().status().equals("READY"));
    FlowRuns.FlowRun run = trigger(deployment("d"));
    awaitState(run.id(), "COMPLETED");

    List<ServerState> states = client.flowRuns().states(run.id());
    assertThat(states)
        .extracting(ServerState::name)
        .containsExactly("Scheduled", "Pending", "Running", "Completed");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        client.flowRuns().find(run.id()).orElseThrow().labels().get(Claims.WORKER))
                    .hasToString("\"w\""));
    assertThat(client.workers(pool).list())
        .extracting(Workers.Worker::status)
        .containsExactly("ONLINE");
    Duration late =
        Duration.between(
            states.getFirst().timestamp().orElseThrow(), states.get(2).timestamp().orElseThrow());
    System.out.println("from the trigger to Running: " + late.toMillis() + " ms");
    worker.worker().stop();
    assertThat(worker.thread().join(PATIENCE)).isTrue();
    assertThat(client.workers(pool).list()).isEmpty();
  }

  @Test
  void two_workers_run_each_of_thirty_runs_once() {
    Pretended one = new Pretended(client, false);
    Pretended two = new Pretended(client, false);
    UUID deployment = deployment("d");
    // A server on SQLite stalls when it is asked for runs while others claim them.
    List<UUID> runs = IntStream.range(0, 30).mapToObj(_ -> trigger(deployment).id()).toList();
    // Whose heart is not heard for three beats is dead, and a busy server may not hear for seconds.
    start("one", one, folder.resolve("1"), 2, Duration.ofSeconds(10));
    start("two", two, folder.resolve("2"), 2, Duration.ofSeconds(10));
    await()
        .atMost(PATIENCE.multipliedBy(5))
        .until(
            () ->
                client
                        .flowRuns()
                        .count(Filter.ALL.workPools(pool).flowRunStates(StateType.COMPLETED))
                    == 30);
    await().atMost(PATIENCE).until(() -> one.begun.size() + two.begun.size() >= 30);
    List<UUID> begun = new ArrayList<>(one.begun);
    begun.addAll(two.begun);
    assertThat(begun).hasSize(30).hasSameElementsAs(new HashSet<>(runs));
    assertThat(one.begun).isNotEmpty();
    assertThat(two.begun).isNotEmpty();
  }

  @Test
  void no_more_run_at_a_time_than_the_limit_and_one_that_ends_makes_room_at_once() {
    Pretended starter = new Pretended(client, true);
    UUID deployment = deployment("d");
    IntStream.range(0, 3).forEach(_ -> trigger(deployment));
    start("w", starter, folder, 2);
    await().atMost(PATIENCE).until(() -> starter.begun.size() == 2);
    await()
        .during(Duration.ofSeconds(1))
        .atMost(Duration.ofSeconds(20))
        .until(() -> starter.begun.size() == 2);
    starter.complete();
    await().atMost(PATIENCE).until(() -> starter.begun.size() == 3);
  }

  @Test
  void what_can_not_be_run_is_not_left_pending() {
    start("w", new Pretended(client, false), folder, 2);
    FlowRuns.FlowRun run = trigger(deployment("unfit"));
    awaitState(run.id(), "CRASHED");
    assertThat(state(run.id()).message()).isEqualTo("it holds no flow");
  }

  @Test
  void a_run_that_is_due_soon_is_begun_on_time() {
    Pretended starter = new Pretended(client, false);
    start("w", starter, folder, 2);
    Instant due = Instant.now().plusSeconds(4);
    FlowRuns.FlowRun run =
        client.deployments().run(deployment("d"), Deployments.RunDraft.now().at(due));
    awaitState(run.id(), "COMPLETED");
    Instant claimed =
        client.flowRuns().states(run.id()).stream()
            .filter(s -> s.name().equals("Pending"))
            .findFirst()
            .flatMap(ServerState::timestamp)
            .orElseThrow();
    assertThat(claimed).isAfter(due.minusMillis(200)).isBefore(due.plusSeconds(20));
  }

  @Test
  void a_worker_that_is_stopped_hands_back_and_the_next_of_the_workspace_goes_on()
      throws InterruptedException {
    Pretended starter = new Pretended(client, true);
    Running first = start("first", starter, folder, 2);
    FlowRuns.FlowRun run = trigger(deployment("d"));
    await().atMost(PATIENCE).until(() -> starter.begun.size() == 1);
    first.worker().hurry();
    assertThat(first.thread().join(PATIENCE)).isTrue();
    assertThat(state(run.id()).name()).isEqualTo("AwaitingRetry");

    start("second", starter, folder, 2);
    await().atMost(PATIENCE).until(() -> starter.resumed.size() == 1);
    starter.complete();
    awaitState(run.id(), "COMPLETED");
    assertThat(starter.begun).hasSize(1);
    assertThat(told)
        .extracting(Told::text)
        .anyMatch(t -> t.contains("is handed back: 40 of 100 done"))
        .anyMatch(t -> t.contains("resumes run") && t.contains(": 40 of 100 done"));
  }

  @Test
  void what_was_handed_back_starts_from_the_beginning_in_another_workspace()
      throws InterruptedException {
    Pretended starter = new Pretended(client, true);
    Running first = start("first", starter, folder.resolve("1"), 2);
    trigger(deployment("d"));
    await().atMost(PATIENCE).until(() -> starter.begun.size() == 1);
    first.worker().hurry();
    assertThat(first.thread().join(PATIENCE)).isTrue();
    start("second", starter, folder.resolve("2"), 2);
    await().atMost(PATIENCE).until(() -> starter.begun.size() == 2);
    assertThat(starter.resumed).isEmpty();
    assertThat(told)
        .extracting(Told::text)
        .anyMatch(t -> t.contains("starts from the beginning: it was begun elsewhere"));
  }

  /** A claim of a worker of this workspace whose process is gone, and its run. */
  private FlowRuns.FlowRun abandoned(Pretended starter, Path workspace, UUID deployment)
      throws RunStarter.Unfit {
    FlowRuns.FlowRun run = trigger(deployment);
    Claims claims = new Claims(client.flowRuns(), "dead", Clock.systemUTC());
    Claim claim = claims.fresh(run.id());
    assertThat(claims.take(claim)).isTrue();
    claims.label(run.id());
    ClaimFolder kept = new ClaimFolder(workspace.resolve("claims"));
    kept.keep(
        claim.with(starter.begin(run, client.deployments().find(deployment).orElseThrow()).run()));
    return run;
  }

  @Test
  void what_a_dead_worker_of_the_workspace_left_goes_on_here() throws RunStarter.Unfit {
    Pretended starter = new Pretended(client, true);
    FlowRuns.FlowRun run = abandoned(starter, folder, deployment("d"));
    start("heir", starter, folder, 2);
    await().atMost(PATIENCE).until(() -> starter.resumed.size() == 1);
    starter.complete();
    awaitState(run.id(), "COMPLETED");
    assertThat(names(run.id()))
        .containsExactly(
            "Scheduled", "Pending", "Running", "Crashed", "Pending", "Running", "Completed");
    assertThat(starter.begun).hasSize(1);
  }

  @Test
  void what_lives_is_not_taken() throws RunStarter.Unfit {
    Pretended starter = new Pretended(client, true);
    locks.add("dead");
    FlowRuns.FlowRun run = abandoned(starter, folder, deployment("d"));
    client.workers(pool).heartbeat("dead", Duration.ofMinutes(10));
    start("other", starter, folder, 2);
    await()
        .during(Duration.ofSeconds(6))
        .atMost(PATIENCE)
        .until(() -> state(run.id()).type().equals("RUNNING"));
    assertThat(starter.resumed).isEmpty();
  }

  @Test
  void what_a_worker_elsewhere_left_is_started_again_by_exactly_one_when_its_heart_stands_still()
      throws RunStarter.Unfit {
    Pretended starter = new Pretended(client, true);
    client.workers(pool).heartbeat("dead", BEAT);
    FlowRuns.FlowRun run = abandoned(starter, folder.resolve("elsewhere"), deployment("d"));
    start("one", starter, folder.resolve("1"), 2);
    start("two", starter, folder.resolve("2"), 2);
    await().atMost(PATIENCE).until(() -> starter.begun.size() == 2);
    await()
        .during(Duration.ofSeconds(3))
        .atMost(Duration.ofSeconds(30))
        .until(() -> state(run.id()).type().equals("RUNNING"));
    assertThat(names(run.id()))
        .containsExactly(
            "Scheduled", "Pending", "Running", "Crashed", "AwaitingRetry", "Pending", "Running");
    assertThat(starter.begun).containsExactly(run.id(), run.id());
    assertThat(starter.resumed).isEmpty();
  }

  @Test
  void a_claim_that_was_never_begun_is_given_away_too() {
    Pretended starter = new Pretended(client, false);
    client.workers(pool).heartbeat("dead", BEAT);
    FlowRuns.FlowRun run = trigger(deployment("d"));
    Claims dead = new Claims(client.flowRuns(), "dead", Clock.systemUTC());
    assertThat(dead.take(dead.fresh(run.id()))).isTrue();
    start("one", starter, folder, 2);
    awaitState(run.id(), "COMPLETED");
    assertThat(starter.begun).containsExactly(run.id());
  }

  @Test
  void a_worker_whose_run_was_given_to_another_stops_it_and_says_nothing_more_of_it() {
    Pretended starter = new Pretended(client, true);
    start("sleeper", starter, folder, 2);
    FlowRuns.FlowRun run = trigger(deployment("d"));
    await().atMost(PATIENCE).until(() -> starter.begun.size() == 1);
    // What another worker does when it takes the sleeper for dead.
    client
        .flowRuns()
        .setState(run.id(), StateChange.to(StateType.CRASHED).message("x died while it ran this"));
    Claims other = new Claims(client.flowRuns(), "other", Clock.systemUTC());
    assertThat(other.take(other.fresh(run.id()))).isTrue();

    await().atMost(PATIENCE).until(() -> told.stream().anyMatch(t -> t.what().equals("lost")));
    assertThat(state(run.id()).name()).isEqualTo("Pending");
    assertThat(
            new ClaimFolder(folder.resolve("claims"))
                .isLost(
                    run.id(),
                    starter.runOf(run.id(), Instant.EPOCH).orElseThrow(),
                    client.flowRuns()))
        .isTrue();
  }

  @Test
  void a_paused_pool_is_told_once_and_waited_for() {
    client.workPools().pause(pool);
    Pretended starter = new Pretended(client, false);
    start("w", starter, folder, 2);
    FlowRuns.FlowRun run = trigger(deployment("d"));
    await()
        .atMost(PATIENCE)
        .until(() -> told.stream().anyMatch(t -> t.text().contains("is paused; waits")));
    assertThat(state(run.id()).type()).isEqualTo("SCHEDULED");
    client.workPools().resume(pool);
    awaitState(run.id(), "COMPLETED");
    assertThat(told.stream().filter(t -> t.what().equals("paused"))).hasSize(1);
  }
}
