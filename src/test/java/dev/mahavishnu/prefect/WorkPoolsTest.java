package dev.mahavishnu.prefect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mahavishnu.run.StateType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Work pools, queues, workers and the work between them on a real server. */
final class WorkPoolsTest {
  private static final Duration BEAT = Duration.ofSeconds(10);
  private static PrefectClient client;

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

  private static String pool() {
    String name = "pool-" + UUID.randomUUID();
    client.workPools().create(name, "mahavishnu", WorkPools.Change.NOTHING);
    return name;
  }

  private static WorkPools.WorkPool read(String pool) {
    return client.workPools().find(pool).orElseThrow();
  }

  @Test
  void a_pool_of_our_own_type_is_made_changed_paused_and_deleted() {
    JsonNode template =
        Wire.MAPPER.readTree(
            """
            {"job_configuration": {"memory": "{{ memory }}"},
             "variables": {"type": "object", "properties": {"memory": {"type": "integer"}}}}
            """);
    String name = "pool-" + UUID.randomUUID();
    WorkPools.WorkPool made =
        client
            .workPools()
            .create(
                name,
                "mahavishnu",
                WorkPools.Change.NOTHING
                    .description("ours")
                    .concurrencyLimit(4)
                    .baseJobTemplate(template));

    assertThat(made.type()).isEqualTo("mahavishnu");
    assertThat(made.status()).isEqualTo("NOT_READY");
    assertThat(made.concurrencyLimit()).contains(4);
    assertThat(made.baseJobTemplate()).isEqualTo(template);
    assertThat(made.defaultQueueId()).isPresent();

    client.workPools().update(name, WorkPools.Change.NOTHING.noConcurrencyLimit());
    client.workPools().pause(name);
    assertThat(read(name).isPaused()).isTrue();
    assertThat(read(name).status()).isEqualTo("PAUSED");
    assertThat(read(name).concurrencyLimit()).isEmpty();
    assertThat(read(name).description()).isEqualTo("ours");
    client.workPools().resume(name);
    assertThat(read(name).isPaused()).isFalse();

    assertThatThrownBy(
            () -> client.workPools().create(name, "mahavishnu", WorkPools.Change.NOTHING))
        .isInstanceOfSatisfying(
            PrefectException.class,
            e -> assertThat(e.fault().orElseThrow()).isInstanceOf(Fault.Conflict.class));
    assertThat(client.workPools().filter(Filter.ALL.workPools(name))).hasSize(1);
    assertThat(client.workPools().count(Filter.ALL.workPools(name))).isEqualTo(1);
    assertThat(client.workPools().filter(Filter.ALL.workPoolTypes("mahavishnu")))
        .extracting(WorkPools.WorkPool::name)
        .contains(name);
    assertThat(client.workPools().delete(name)).isTrue();
    assertThat(client.workPools().delete(name)).isFalse();
    assertThat(client.workPools().find(name)).isEmpty();
  }

  @Test
  void queues_of_a_pool_are_made_ranked_paused_and_deleted() {
    String pool = pool();
    WorkQueues queues = client.workQueues(pool);
    WorkQueues.WorkQueue made =
        queues.create("fast", WorkQueues.Change.NOTHING.priority(1).concurrencyLimit(2));

    assertThat(made.workPoolName()).isEqualTo(pool);
    assertThat(made.priority()).isEqualTo(1);
    assertThat(made.concurrencyLimit()).contains(2);
    assertThat(queues.list())
        .extracting(WorkQueues.WorkQueue::name)
        .containsExactlyInAnyOrder("default", "fast");
    queues.pause("fast");
    assertThat(queues.find("fast").orElseThrow().isPaused()).isTrue();
    assertThat(queues.find("fast").orElseThrow().status()).isEqualTo("PAUSED");
    queues.resume("fast");
    queues.update("fast", WorkQueues.Change.NOTHING.description("for the impatient"));
    WorkQueues.WorkQueue read = queues.find("fast").orElseThrow();
    assertThat(read.isPaused()).isFalse();
    assertThat(read.description()).isEqualTo("for the impatient");
    assertThatThrownBy(() -> queues.create("fast", WorkQueues.Change.NOTHING))
        .isInstanceOf(PrefectException.class);
    assertThat(queues.delete("fast")).isTrue();
    assertThat(queues.delete("fast")).isFalse();
    assertThat(queues.find("fast")).isEmpty();
  }

  @Test
  void a_heartbeat_makes_the_worker_known_and_the_pool_ready() {
    String pool = pool();
    Workers workers = client.workers(pool);
    workers.heartbeat("worker one", BEAT);

    assertThat(read(pool).status()).isEqualTo("READY");
    assertThat(workers.list())
        .singleElement()
        .satisfies(
            worker -> {
              assertThat(worker.name()).isEqualTo("worker one");
              assertThat(worker.status()).isEqualTo("ONLINE");
              assertThat(worker.heartbeatIntervalSeconds()).contains(10);
              assertThat(worker.lastHeartbeatTime()).isPresent();
            });
    workers.heartbeat("worker one", BEAT);
    workers.heartbeat("worker two", BEAT);
    assertThat(workers.list()).hasSize(2);
    assertThat(workers.delete("worker one")).isTrue();
    assertThat(workers.list()).hasSize(1);
  }

  @Test
  void due_work_is_given_until_one_worker_claims_it_and_the_other_is_sent_away() {
    String pool = pool();
    Flows.Flow flow = client.flows().ensure("flow-" + UUID.randomUUID(), List.of(), Map.of());
    UUID deployment =
        client
            .deployments()
            .put(
                DeploymentDraft.of(flow.id(), "d")
                    .with(DeploymentDraft.Change.NOTHING.workPool(pool)))
            .id();
    FlowRuns.FlowRun run = client.deployments().run(deployment, Deployments.RunDraft.now());
    client
        .deployments()
        .run(deployment, Deployments.RunDraft.now().at(Instant.now().plusSeconds(3600)));

    assertThat(due(pool)).containsExactly(run.id());
    assertThat(due(pool)).containsExactly(run.id());
    StateChange claim = StateChange.to(StateType.PENDING);
    assertThat(client.flowRuns().setState(run.id(), claim).isAccepted()).isTrue();
    assertThat(client.flowRuns().setState(run.id(), claim)).isInstanceOf(Transition.Aborted.class);
    assertThat(due(pool)).isEmpty();
    assertThat(
            client.workPools().due(pool, Instant.now().plusSeconds(7200), 10, List.of("default")))
        .hasSize(1);
  }

  @Test
  void a_paused_pool_gives_nothing() {
    String pool = pool();
    Flows.Flow flow = client.flows().ensure("flow-" + UUID.randomUUID(), List.of(), Map.of());
    UUID deployment =
        client
            .deployments()
            .put(
                DeploymentDraft.of(flow.id(), "d")
                    .with(DeploymentDraft.Change.NOTHING.workPool(pool)))
            .id();
    client.deployments().run(deployment, Deployments.RunDraft.now());
    client.workPools().pause(pool);
    assertThat(due(pool)).isEmpty();
    client.workPools().resume(pool);
    assertThat(due(pool)).hasSize(1);
  }

  private static List<UUID> due(String pool) {
    return client.workPools().due(pool, Instant.now(), 10, List.of()).stream()
        .map(work -> work.flowRun().id())
        .toList();
  }
}
