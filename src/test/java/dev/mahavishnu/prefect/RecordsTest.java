package dev.mahavishnu.prefect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mahavishnu.run.StateType;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** Logs, artifacts, automations and concurrency limits on a real server. */
final class RecordsTest {
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

  private static Flows.Flow flow() {
    return client.flows().ensure("flow-" + UUID.randomUUID(), List.of(), Map.of());
  }

  private static UUID run() {
    return client.flowRuns().create(FlowRuns.Draft.of(flow().id())).id();
  }

  @Test
  void many_lines_of_log_arrive_in_order_and_can_be_narrowed() {
    UUID run = run();
    UUID task = client.taskRuns().create(TaskRuns.Draft.of(run, "t", "0")).id();
    Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    List<ServerLogs.Line> lines =
        IntStream.range(0, 1_203)
            .mapToObj(
                i ->
                    new ServerLogs.Line(
                        "mahavishnu.task",
                        i % 100 == 0 ? ServerLogs.ERROR : ServerLogs.INFO,
                        "line " + i + " ✓",
                        start.plusMillis(i),
                        Optional.of(run),
                        i % 2 == 0 ? Optional.of(task) : Optional.empty()))
            .toList();
    client.logs().append(lines);
    LogFilter mine = LogFilter.ALL.flowRuns(run);

    assertThat(client.logs().filter(mine))
        .extracting(ServerLogs.Stored::message)
        .containsExactlyElementsOf(lines.stream().map(ServerLogs.Line::message).toList());
    assertThat(client.logs().filter(mine.from(ServerLogs.WARNING))).hasSize(13);
    assertThat(client.logs().filter(mine.taskRuns(task))).hasSize(602);
    assertThat(client.logs().filter(mine.since(start.plusMillis(1_200)))).hasSize(3);
    assertThat(client.logs().filter(mine).findFirst().orElseThrow())
        .satisfies(
            first -> {
              assertThat(first.name()).isEqualTo("mahavishnu.task");
              assertThat(first.level()).isEqualTo(ServerLogs.ERROR);
              assertThat(first.timestamp()).isEqualTo(start);
              assertThat(first.taskRunId()).contains(task);
            });
  }

  @Test
  void long_messages_are_sent_in_several_calls() {
    UUID run = run();
    List<ServerLogs.Line> lines =
        IntStream.range(0, 4)
            .mapToObj(
                i ->
                    new ServerLogs.Line(
                        "l",
                        ServerLogs.INFO,
                        Integer.toString(i).repeat(300_000),
                        Instant.now(),
                        Optional.of(run),
                        Optional.empty()))
            .toList();
    client.logs().append(lines);

    assertThat(client.logs().filter(LogFilter.ALL.flowRuns(run)))
        .extracting(stored -> stored.message().length())
        .containsExactly(300_000, 300_000, 300_000, 300_000);
  }

  @Test
  void artifacts_have_versions_of_a_key() {
    String key = "report-" + UUID.randomUUID();
    UUID run = run();
    UUID task = client.taskRuns().create(TaskRuns.Draft.of(run, "t", "0")).id();
    Artifacts.Artifact first =
        client
            .artifacts()
            .create(Artifacts.Draft.markdown(key, "# one").description("d").flowRun(run));
    Artifacts.Artifact second =
        client
            .artifacts()
            .create(
                Artifacts.Draft.table(
                        key, List.of(JsonNodeFactory.instance.objectNode().put("task", "a")))
                    .flowRun(run)
                    .taskRun(task));

    assertThat(first.type()).isEqualTo("markdown");
    assertThat(first.description()).isEqualTo("d");
    assertThat(client.artifacts().find(first.id()).orElseThrow().data().asString())
        .isEqualTo("# one");
    assertThat(client.artifacts().latest(key).orElseThrow().id()).isEqualTo(second.id());
    assertThat(client.artifacts().latest(key).orElseThrow().taskRunId()).contains(task);
    assertThat(client.artifacts().filter(Filter.ALL.flowRunIds(run))).hasSize(2);

    client.artifacts().setData(second.id(), JsonNodeFactory.instance.stringNode("[]"));
    assertThat(client.artifacts().find(second.id()).orElseThrow().data().asString())
        .isEqualTo("[]");
    assertThat(client.artifacts().delete(second.id())).isTrue();
    assertThat(client.artifacts().delete(second.id())).isFalse();
    assertThat(client.artifacts().latest(key).orElseThrow().id()).isEqualTo(first.id());
    Artifacts.Artifact link =
        client.artifacts().create(Artifacts.Draft.link(key, "https://example.org", "there"));
    assertThat(link.data().asString()).isEqualTo("[there](https://example.org)");
    assertThat(client.artifacts().latest("none-" + UUID.randomUUID())).isEmpty();
  }

  @Test
  void an_automation_runs_a_deployment_when_a_flow_completes() {
    Flows.Flow before = flow();
    UUID deployment = client.deployments().put(DeploymentDraft.of(flow().id(), "after")).id();
    String name = "automation-" + UUID.randomUUID();
    Automations.Draft draft =
        Automations.Draft.of(
                name,
                Automations.whenFlowRunOf(before.id(), "Completed"),
                List.of(
                    Automations.runDeployment(
                        deployment, JsonNodeFactory.instance.objectNode().put("n", 1))))
            .description("one after the other")
            .tags(List.of("t"));
    Automations.Automation made = client.automations().create(draft);

    assertThat(made.enabled()).isTrue();
    assertThat(client.automations().list(name))
        .singleElement()
        .satisfies(found -> assertThat(found.description()).isEqualTo("one after the other"));
    assertThat(client.automations().count()).isPositive();
    Awaitility.await("the run that follows")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              // The server loads a new automation in its own time, so one run may be too early.
              UUID run = client.flowRuns().create(FlowRuns.Draft.of(before.id())).id();
              client.flowRuns().setState(run, StateChange.to(StateType.RUNNING));
              client.flowRuns().setState(run, StateChange.to(StateType.COMPLETED));
              return client.flowRuns().count(Filter.ALL.deploymentIds(deployment)) > 0;
            });

    client.automations().setEnabled(made.id(), false);
    assertThat(client.automations().find(made.id()).orElseThrow().enabled()).isFalse();
    client.automations().replace(made.id(), draft.description("other"));
    assertThat(client.automations().find(made.id()).orElseThrow().description()).isEqualTo("other");
    assertThat(client.automations().delete(made.id())).isTrue();
    assertThat(client.automations().delete(made.id())).isFalse();
    assertThat(client.automations().list(name)).isEmpty();
  }

  @Test
  void slots_of_a_concurrency_limit_are_held_renewed_and_released() {
    String name = "limit-" + UUID.randomUUID();
    ConcurrencyLimits limits = client.concurrencyLimits();
    assertThat(limits.create(name, 1).limit()).isEqualTo(1);
    Duration time = Duration.ofMinutes(1);

    ConcurrencyLimits.Acquired.Held held =
        (ConcurrencyLimits.Acquired.Held) limits.acquire(List.of(name), 1, time);
    assertThat(limits.find(name).orElseThrow().activeSlots()).isEqualTo(1);
    assertThat(limits.acquire(List.of(name), 1, time))
        .isInstanceOfSatisfying(
            ConcurrencyLimits.Acquired.Busy.class, busy -> assertThat(busy.after()).isPresent());
    limits.renew(held.lease(), time);
    limits.release(held.lease());
    assertThat(limits.find(name).orElseThrow().activeSlots()).isZero();
    assertThatThrownBy(() -> limits.renew(held.lease(), time))
        .isInstanceOfSatisfying(
            PrefectException.class,
            e -> assertThat(e.fault().orElseThrow()).isInstanceOf(Fault.NotFound.class));

    limits.setLimit(name, 5);
    limits.setActive(name, false);
    assertThat(limits.list())
        .filteredOn(limit -> limit.name().equals(name))
        .singleElement()
        .satisfies(
            limit -> {
              assertThat(limit.limit()).isEqualTo(5);
              assertThat(limit.active()).isFalse();
            });
    assertThat(limits.delete(name)).isTrue();
    assertThat(limits.delete(name)).isFalse();
    assertThat(limits.find(name)).isEmpty();
  }
}
