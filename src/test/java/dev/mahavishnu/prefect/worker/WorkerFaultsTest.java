package dev.mahavishnu.prefect.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mahavishnu.prefect.DeploymentDraft;
import dev.mahavishnu.prefect.Deployments;
import dev.mahavishnu.prefect.FlowRuns;
import dev.mahavishnu.prefect.Flows;
import dev.mahavishnu.prefect.LyingProxy;
import dev.mahavishnu.prefect.LyingProxy.Fate;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.PrefectException;
import dev.mahavishnu.prefect.RealPrefect;
import dev.mahavishnu.prefect.ServerState;
import dev.mahavishnu.prefect.StateChange;
import dev.mahavishnu.prefect.WorkPools;
import dev.mahavishnu.prefect.Workers;
import dev.mahavishnu.run.StateType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What workers do when calls to the server fail, seats are taken, or their own parts break. */
final class WorkerFaultsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration BEAT = Duration.ofSeconds(1);
  private static LyingProxy proxy;
  private static PrefectClient client;

  /** By the way on which calls can fail. */
  private static PrefectClient lied;

  @TempDir Path folder;
  private final Set<String> locks = ConcurrentHashMap.newKeySet();
  private final List<Told> told = new CopyOnWriteArrayList<>();
  private final List<Running> running = new ArrayList<>();
  private volatile Lifeline lifeline = this::lock;
  private volatile Mirrored mirrored = (_, _) -> true;
  private String pool;
  private Flows.Flow flow;
  private Pretended held;

  @BeforeAll
  static void connect() throws IOException {
    RealPrefect server = RealPrefect.open();
    client = server.client();
    proxy = new LyingProxy(server.apiUrl());
    lied = proxy.client();
  }

  @AfterAll
  static void close() {
    if (client != null) {
      client.close();
      lied.close();
      proxy.close();
    }
  }

  @BeforeEach
  void pool() {
    pool = "pool-" + UUID.randomUUID();
    makePool();
    flow = client.flows().ensure("flow-" + UUID.randomUUID(), List.of(), Map.of());
    held = new Pretended(client, true);
  }

  private void makePool() {
    WorkPools.WorkPool _ =
        client
            .workPools()
            .create(
                pool,
                PoolTemplate.TYPE,
                WorkPools.Change.NOTHING.baseJobTemplate(PoolTemplate.json()));
  }

  @AfterEach
  void stop() throws InterruptedException {
    proxy.fates((_, _, _) -> Fate.PASS);
    mirrored = (_, _) -> true;
    for (Running worker : running) {
      worker.worker().hurry();
      worker.thread().join(PATIENCE);
    }
  }

  private record Running(Worker worker, Thread thread) {}

  private Optional<Lifeline.Held> lock(String name) {
    return locks.add(name) ? Optional.of(() -> locks.remove(name)) : Optional.empty();
  }

  private Workplace place(RunStarter starter) {
    return new Workplace(
        lied,
        starter,
        claims(),
        name -> lifeline.take(name),
        (run, most) -> mirrored.awaitSent(run, most),
        Clock.systemUTC(),
        told::add);
  }

  private ClaimFolder claims() {
    return new ClaimFolder(folder.resolve("claims"));
  }

  private WorkerSettings settings(String name, int limit) {
    return new WorkerSettings(pool, name, List.of(), limit, BEAT, Duration.ofSeconds(60));
  }

  private Running start(String name, RunStarter starter, int limit) {
    Worker worker = new Worker(place(starter), settings(name, limit));
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

  private UUID deployment() {
    return client
        .deployments()
        .put(DeploymentDraft.of(flow.id(), "d").with(DeploymentDraft.Change.NOTHING.workPool(pool)))
        .id();
  }

  /** A server on SQLite may not manage at once what meets with other calls. */
  private FlowRuns.FlowRun trigger(UUID deployment) {
    Deployments.RunDraft draft = Deployments.RunDraft.now();
    return await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(PrefectException.class)
        .until(() -> client.deployments().run(deployment, draft), _ -> true);
  }

  private ServerState state(UUID run) {
    return client.flowRuns().find(run).flatMap(FlowRuns.FlowRun::state).orElseThrow();
  }

  private void awaitState(UUID run, StateType type) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(() -> assertThat(state(run).type()).isEqualTo(type.name()));
  }

  private List<String> names(UUID run) {
    return client.flowRuns().states(run).stream().map(ServerState::name).toList();
  }

  private void awaitTold(String what) {
    await().atMost(PATIENCE).until(() -> !told(what).isEmpty());
  }

  private List<Told> told(String what) {
    return told.stream().filter(t -> t.what().equals(what)).toList();
  }

  /** The first calls of some kind come to that, the others pass. */
  private void first(int times, Fate fate, Predicate<String> calls) {
    AtomicInteger left = new AtomicInteger(times);
    proxy.fates(
        (method, path, body) ->
            calls.test(method + " " + path + " " + body) && left.getAndDecrement() > 0
                ? fate
                : Fate.PASS);
  }

  private PoolLock poolLock() {
    return new PoolLock(client.concurrencyLimits(), pool);
  }

  private Claims claimsOf(String worker) {
    return claimsOf(client, worker);
  }

  private static Claims claimsOf(PrefectClient by, String worker) {
    return new Claims(by.flowRuns(), worker, Clock.systemUTC());
  }

  private Claim taken(Claims claims, UUID run) {
    Claim claim = claims.fresh(run);
    assertThat(claims.take(claim)).isTrue();
    return claim;
  }

  /** A run of a worker of this workspace whose process is gone. */
  private FlowRuns.FlowRun abandoned(String worker, UUID deployment) throws RunStarter.Unfit {
    FlowRuns.FlowRun run = trigger(deployment);
    Claims claims = claimsOf(worker);
    Claim claim = taken(claims, run.id());
    claims.label(run.id());
    claims()
        .keep(
            claim.with(held.begin(run, client.deployments().find(deployment).orElseThrow()).run()));
    return run;
  }

  private Instant lastBeat(String worker) {
    try (java.util.stream.Stream<Workers.Worker> all = client.workers(pool).list()) {
      return all.filter(w -> w.name().equals(worker))
          .flatMap(w -> w.lastHeartbeatTime().stream())
          .findFirst()
          .orElse(Instant.EPOCH);
    }
  }

  private void awaitBeats(String worker) {
    Instant now = lastBeat(worker);
    await().atMost(PATIENCE).until(() -> lastBeat(worker).isAfter(now.plus(BEAT.multipliedBy(3))));
  }

  @Test
  void a_claim_of_which_the_answer_is_lost_is_found_and_carried_out() {
    Pretended starter = new Pretended(client, false);
    first(1, Fate.LOSE_ANSWER, call -> call.contains("claimed by worker w"));
    FlowRuns.FlowRun run = trigger(deployment());
    start("w", starter, 2);
    awaitState(run.id(), StateType.COMPLETED);
    assertThat(starter.begun).containsExactly(run.id());
    assertThat(names(run.id())).containsExactly("Scheduled", "Pending", "Running", "Completed");
  }

  @Test
  void a_claim_after_which_the_server_is_away_for_a_moment_is_carried_out() {
    Pretended starter = new Pretended(client, false);
    first(2, Fate.REFUSE, call -> call.contains("GET /api/flow_run_states/"));
    FlowRuns.FlowRun run = trigger(deployment());
    start("w", starter, 2);
    awaitState(run.id(), StateType.COMPLETED);
    assertThat(starter.begun).containsExactly(run.id());
  }

  @Test
  void a_claim_that_stands_before_an_earlier_state_is_carried_out() {
    Pretended starter = new Pretended(client, false);
    // So it is when the run became Late at nearly the same time.
    proxy.fates(
        (_, path, _) ->
            path.startsWith("/api/flow_run_states/") && starter.begun.isEmpty()
                ? Fate.REVERSE
                : Fate.PASS);
    FlowRuns.FlowRun run = trigger(deployment());
    start("w", starter, 2);
    awaitState(run.id(), StateType.COMPLETED);
    assertThat(starter.begun).containsExactly(run.id());
  }

  @Test
  void a_claim_that_never_reached_the_server_is_made_anew() {
    Pretended starter = new Pretended(client, false);
    first(1, Fate.REFUSE, call -> call.contains("claimed by worker w"));
    FlowRuns.FlowRun run = trigger(deployment());
    start("w", starter, 2);
    awaitState(run.id(), StateType.COMPLETED);
    assertThat(names(run.id())).containsExactly("Scheduled", "Pending", "Running", "Completed");
  }

  @Test
  void what_is_taken_from_the_dead_goes_on_where_the_answer_is_lost() throws Exception {
    FlowRuns.FlowRun run = abandoned("dead", deployment());
    first(1, Fate.LOSE_ANSWER, call -> call.contains("claimed by worker heir"));
    start("heir", held, 2);
    await().atMost(PATIENCE).until(() -> held.resumed.size() == 1);
    held.complete();
    awaitState(run.id(), StateType.COMPLETED);
    assertThat(names(run.id()))
        .containsExactly(
            "Scheduled", "Pending", "Running", "Crashed", "Pending", "Running", "Completed");
  }

  @Test
  void a_run_that_can_not_be_begun_as_the_server_is_away_is_put_back() {
    Pretended starter = new Pretended(client, false);
    first(1, Fate.REFUSE, call -> call.contains("GET /api/deployments/"));
    FlowRuns.FlowRun run = trigger(deployment());
    start("w", starter, 2);
    awaitState(run.id(), StateType.COMPLETED);
    assertThat(names(run.id()))
        .containsExactly(
            "Scheduled", "Pending", "AwaitingRetry", "Pending", "Running", "Completed");
  }

  @Test
  void what_was_done_is_not_lost_when_the_server_is_away_before_it_goes_on() throws Exception {
    Running first = start("first", held, 2);
    FlowRuns.FlowRun run = trigger(deployment());
    await().atMost(PATIENCE).until(() -> held.begun.size() == 1);
    first.worker().hurry();
    assertThat(first.thread().join(PATIENCE)).isTrue();
    AtomicInteger asked = new AtomicInteger();
    proxy.fates(
        (method, path, _) ->
            method.equals("GET")
                    && path.startsWith("/api/flow_run_states/")
                    && asked.incrementAndGet() == 2
                ? Fate.REFUSE
                : Fate.PASS);
    start("second", held, 2);
    await().atMost(PATIENCE).until(() -> held.resumed.size() == 1);
    held.complete();
    awaitState(run.id(), StateType.COMPLETED);
    assertThat(told("put-back")).hasSize(1);
    assertThat(told("restarted")).isEmpty();
    assertThat(held.begun).hasSize(1);
  }

  @Test
  void what_is_inherited_waits_for_a_seat_and_gets_it_before_what_is_due() throws Exception {
    UUID deployment = deployment();
    FlowRuns.FlowRun one = abandoned("dead", deployment);
    FlowRuns.FlowRun two = abandoned("dead", deployment);
    Pretended inherited = held;
    FlowRuns.FlowRun due = trigger(deployment);
    start("heir", inherited, 1);
    awaitTold("no-room");
    await().atMost(PATIENCE).until(() -> inherited.resumed.size() == 1);
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                List.of(state(one.id()).type(), state(two.id()).type())
                    .containsAll(List.of("CRASHED", "RUNNING")));
    assertThat(claims().open()).hasSize(2);
    inherited.complete(inherited.resumed.getFirst());
    await().atMost(PATIENCE).until(() -> inherited.resumed.size() == 2);
    assertThat(state(due.id()).type()).isEqualTo("SCHEDULED");
    inherited.complete(inherited.resumed.getLast());
    await().atMost(PATIENCE).until(() -> inherited.begun.contains(due.id()));
    assertThat(told("restarted")).isEmpty();
    assertThat(inherited.begun).containsExactly(one.id(), two.id(), due.id());
  }

  @Test
  void a_run_that_this_worker_begins_while_it_looks_around_is_not_taken_for_a_dead_ones()
      throws Exception {
    FlowRuns.FlowRun run = abandoned("w", deployment());
    AtomicInteger asked = new AtomicInteger();
    Workplace place = place(held);
    Takeover takeover =
        new Takeover(
            place,
            settings("w", 2),
            claimsOf("w"),
            _ -> Optional.empty(),
            _ -> asked.getAndIncrement() > 0,
            new Steps(place),
            poolLock());
    takeover.ofThisWorkspace();
    assertThat(asked.get()).isGreaterThan(1);
    assertThat(names(run.id())).containsExactly("Scheduled", "Pending", "Running");
  }

  @Test
  void a_heart_goes_on_beating_when_what_it_does_beside_breaks() throws Exception {
    FlowRuns.FlowRun _ = abandoned("dead", deployment());
    lifeline =
        _ -> {
          throw new IllegalStateException("the disk is full");
        };
    start("w", held, 2);
    awaitTold("broke");
    awaitBeats("w");
    assertThat(told("broke")).hasSize(1);
    assertThat(told("broke").getFirst().text()).contains("the disk is full");
  }

  @Test
  void a_heart_goes_on_beating_while_it_looks_around_for_long() throws Exception {
    FlowRuns.FlowRun _ = abandoned("dead", deployment());
    CountDownLatch enough = new CountDownLatch(1);
    lifeline =
        _ -> {
          try {
            enough.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return Optional.empty();
        };
    start("w", held, 2);
    await().atMost(PATIENCE).until(() -> lastBeat("w").isAfter(Instant.EPOCH));
    awaitBeats("w");
    enough.countDown();
  }

  @Test
  void a_worker_that_the_server_does_not_know_is_given_time_however_many_runs_it_has() {
    client.workers(pool).heartbeat("me", Duration.ofMinutes(10));
    UUID deployment = deployment();
    List<UUID> runs = IntStream.range(0, 5).mapToObj(_ -> trigger(deployment).id()).toList();
    runs.forEach(run -> taken(claimsOf("unknown"), run));
    Workplace place = place(held);
    Elsewhere elsewhere =
        new Elsewhere(place, settings("me", 2), claimsOf("me"), _ -> false, poolLock());
    for (int i = 0; i < Lives.BEATS; i++) {
      elsewhere.look();
      assertThat(runs).allMatch(run -> state(run).type().equals("PENDING"));
    }
    elsewhere.look();
    assertThat(runs).allMatch(run -> state(run).name().equals("AwaitingRetry"));
  }

  @Test
  void a_claim_that_comes_so_late_that_nobody_waits_for_it_is_put_back() {
    Pretended starter = new Pretended(client, false);
    start("w", starter, 2);
    await().atMost(PATIENCE).until(() -> lastBeat("w").isAfter(Instant.EPOCH));
    client.workPools().pause(pool);
    FlowRuns.FlowRun run = trigger(deployment());
    Claim _ = taken(claimsOf("w"), run.id());
    await().atMost(PATIENCE).until(() -> names(run.id()).contains("AwaitingRetry"));
    client.workPools().resume(pool);
    awaitState(run.id(), StateType.COMPLETED);
  }

  @Test
  void a_seat_comes_free_when_the_server_was_told_how_the_run_ended() {
    CountDownLatch sent = new CountDownLatch(1);
    mirrored = (_, most) -> sent.await(most.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
    Pretended starter = new Pretended(client, false);
    UUID deployment = deployment();
    FlowRuns.FlowRun first = trigger(deployment);
    start("w", starter, 1);
    awaitState(first.id(), StateType.COMPLETED);
    FlowRuns.FlowRun second = trigger(deployment);
    awaitBeats("w");
    assertThat(claims().open()).extracting(Claim::flowRun).containsExactly(first.id());
    assertThat(state(second.id()).type()).isEqualTo("SCHEDULED");
    sent.countDown();
    awaitState(second.id(), StateType.COMPLETED);
    await().atMost(PATIENCE).until(() -> claims().open().isEmpty());
  }

  @Test
  void a_worker_that_stops_before_the_server_was_told_all_stays_known_and_its_claim_open()
      throws Exception {
    mirrored =
        (_, most) -> {
          Thread.sleep(most);
          return false;
        };
    Pretended starter = new Pretended(client, false);
    Running worker = start("w", starter, 1);
    FlowRuns.FlowRun run = trigger(deployment());
    awaitState(run.id(), StateType.COMPLETED);
    worker.worker().hurry();
    assertThat(worker.thread().join(PATIENCE)).isTrue();
    assertThat(told("untold")).hasSize(1);
    assertThat(claims().open()).extracting(Claim::flowRun).containsExactly(run.id());
    assertThat(lastBeat("w")).isAfter(Instant.EPOCH);
  }

  @Test
  void a_run_that_was_paused_and_is_set_running_by_who_resumes_it_goes_on_here() {
    start("w", held, 2);
    FlowRuns.FlowRun run = trigger(deployment());
    await().atMost(PATIENCE).until(() -> held.begun.size() == 1);
    held.pause();
    awaitTold("waits");
    assertThat(claims().waiting()).hasSize(1);
    assertThat(client.flowRuns().resume(run.id()).isAccepted()).isTrue();
    await().atMost(PATIENCE).until(() -> held.resumed.size() == 1);
    held.complete();
    awaitState(run.id(), StateType.COMPLETED);
    assertThat(held.begun).hasSize(1);
    await().atMost(PATIENCE).until(() -> claims().waiting().isEmpty());
  }

  @Test
  void a_claim_of_which_another_has_taken_the_place_says_nothing_any_more() {
    FlowRuns.FlowRun run = trigger(deployment());
    Claims one = claimsOf("one");
    Claim old = taken(one, run.id());
    client.flowRuns().setState(run.id(), StateChange.to(StateType.CRASHED));
    Claim _ = taken(claimsOf("two"), run.id());
    assertThat(one.back(old, "back")).isFalse();
    assertThat(one.end(old, StateType.FAILED, "failed")).isFalse();
    assertThat(names(run.id())).containsExactly("Scheduled", "Pending", "Crashed", "Pending");
  }

  /** Claimed by a worker elsewhere whose heart stands still, and {@code me} is there. */
  private FlowRuns.FlowRun ofADeadOne() {
    client.workers(pool).heartbeat("me", Duration.ofMinutes(10));
    client.workers(pool).heartbeat("dead", BEAT);
    FlowRuns.FlowRun run = trigger(deployment());
    Claim _ = taken(claimsOf("dead"), run.id());
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              client.workers(pool).heartbeat("me", Duration.ofMinutes(10));
              return lastBeat("me").isAfter(lastBeat("dead").plus(BEAT.multipliedBy(4)));
            });
    return run;
  }

  @Test
  void what_was_set_crashed_is_given_away_later_when_the_server_goes_away_in_between() {
    FlowRuns.FlowRun run = ofADeadOne();
    first(1, Fate.REFUSE, call -> call.contains("AwaitingRetry"));
    Elsewhere elsewhere =
        new Elsewhere(place(held), settings("me", 2), claimsOf(lied, "me"), _ -> false, poolLock());
    assertThatThrownBy(elsewhere::look).isInstanceOf(PrefectException.class);
    assertThat(names(run.id())).endsWith("Crashed");
    elsewhere.look();
    assertThat(names(run.id())).endsWith("Crashed", "AwaitingRetry");
    assertThat(told("given-away")).hasSize(1);
  }

  @Test
  void what_the_server_does_not_let_take_is_not_given_away() {
    FlowRuns.FlowRun run = ofADeadOne();
    // It ends by itself in the very moment in which it is taken for dead.
    proxy.fates(
        (_, _, body) -> {
          if (body.contains("died while it ran this")) {
            client.flowRuns().setState(run.id(), StateChange.to(StateType.COMPLETED));
          }
          return Fate.PASS;
        });
    Workplace place = place(held);
    new Elsewhere(place, settings("me", 2), claimsOf("me"), _ -> false, poolLock()).look();
    assertThat(names(run.id())).doesNotContain("AwaitingRetry");
    assertThat(told("given-away")).isEmpty();
  }

  @Test
  void a_worker_of_many_seats_asks_for_no_more_than_a_server_gives() {
    Pretended starter = new Pretended(client, false);
    start("w", starter, 150);
    FlowRuns.FlowRun run = trigger(deployment());
    awaitState(run.id(), StateType.COMPLETED);
    assertThat(told("away")).isEmpty();
  }

  @Test
  void a_pool_that_is_deleted_is_told_as_such_once_and_served_again_when_it_is_back() {
    Pretended starter = new Pretended(client, false);
    start("w", starter, 2);
    await().atMost(PATIENCE).until(() -> lastBeat("w").isAfter(Instant.EPOCH));
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(PrefectException.class)
        .until(() -> client.workPools().delete(pool) || client.workPools().find(pool).isEmpty());
    awaitTold("away");
    assertThat(told("away"))
        .extracting(Told::text)
        .anyMatch(text -> text.startsWith("work pool " + pool + " is not there any more"));
    makePool();
    FlowRuns.FlowRun run = trigger(deployment());
    awaitState(run.id(), StateType.COMPLETED);
    assertThat(told("away"))
        .extracting(Told::text)
        .filteredOn(text -> text.startsWith("work pool " + pool))
        .hasSize(1);
  }
}
