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
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Deployments and their schedules on a real server. */
final class DeploymentsTest {
  private static final ServerSchedule NEVER =
      new ServerSchedule.Cron("0 0 29 2 *", Optional.of("UTC"), true);
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

  private static DeploymentDraft.Change change() {
    return DeploymentDraft.Change.NOTHING;
  }

  private static Deployments.Deployment deployment(DeploymentDraft.Change change) {
    return client.deployments().put(DeploymentDraft.of(flow().id(), "d").with(change));
  }

  private static Deployments.Deployment read(UUID id) {
    return client.deployments().find(id).orElseThrow();
  }

  private static ObjectNode json(String name, int value) {
    return JsonNodeFactory.instance.objectNode().put(name, value);
  }

  private static JsonNode schema() {
    return Wire.MAPPER.readTree(
        """
        {"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]}
        """);
  }

  @Test
  void a_deployment_keeps_what_it_was_made_with_and_is_found_by_names() {
    Flows.Flow flow = flow();
    String pool = "pool-" + UUID.randomUUID();
    client.workPools().create(pool, "mahavishnu", WorkPools.Change.NOTHING);
    Deployments.Deployment made =
        client
            .deployments()
            .put(
                DeploymentDraft.of(flow.id(), "every day")
                    .labels(Map.of("l", "v"))
                    .with(
                        change()
                            .version("1")
                            .description("what it does")
                            .tags(List.of("a", "b"))
                            .parameters(json("n", 1))
                            .parameterSchema(schema())
                            .workPool(pool)
                            .workQueue("fast")
                            .entrypoint("flows/f.yaml")
                            .path("/nowhere")
                            .concurrencyLimit(3)
                            .jobVariables(json("memory", 512))));
    Deployments.Deployment found =
        client.deployments().find(flow.name(), "every day").orElseThrow();

    assertThat(found.id()).isEqualTo(made.id());
    assertThat(found.flowId()).isEqualTo(flow.id());
    assertThat(found.version()).isEqualTo("1");
    assertThat(found.description()).isEqualTo("what it does");
    assertThat(found.tags()).containsExactlyInAnyOrder("a", "b");
    assertThat(found.labels().get("l").asString()).isEqualTo("v");
    assertThat(found.parameters()).isEqualTo(json("n", 1));
    assertThat(found.parameterOpenapiSchema().path("required").path(0).asString()).isEqualTo("n");
    assertThat(found.enforceParameterSchema()).isTrue();
    assertThat(found.workPoolName()).isEqualTo(pool);
    assertThat(found.workQueueName()).isEqualTo("fast");
    assertThat(found.entrypoint()).isEqualTo("flows/f.yaml");
    assertThat(found.path()).isEqualTo("/nowhere");
    assertThat(found.globalConcurrencyLimit().path("limit").asInt()).isEqualTo(3);
    assertThat(found.jobVariables()).isEqualTo(json("memory", 512));
    assertThat(client.deployments().find(flow.name(), "no such")).isEmpty();
    assertThat(client.deployments().find(UUID.randomUUID())).isEmpty();
  }

  @Test
  void making_it_again_changes_it_and_makes_no_second_one() {
    DeploymentDraft draft =
        DeploymentDraft.of(flow().id(), "d")
            .with(change().schedules(List.of(Schedules.Draft.of(NEVER))));
    Deployments.Deployment first = client.deployments().put(draft);
    Deployments.Deployment again =
        client.deployments().put(draft.with(change().description("other")));

    assertThat(again.id()).isEqualTo(first.id());
    assertThat(again.description()).isEqualTo("other");
    assertThat(first.schedules()).hasSize(1);
    assertThat(again.schedules()).as("the server drops what isn't named again").isEmpty();
    assertThat(client.deployments().count(Filter.ALL.flowIds(first.flowId()))).isEqualTo(1);
  }

  @Test
  void an_update_changes_what_it_says_and_keeps_schedules_with_their_ids() {
    Schedules.Draft daily = Schedules.Draft.of(NEVER).slug("daily");
    Deployments.Deployment made =
        deployment(change().description("before").schedules(List.of(daily)));
    client.deployments().update(made.id(), change().tags(List.of("t")).concurrencyLimit(2));
    Deployments.Deployment read = read(made.id());

    assertThat(read.description()).isEqualTo("before");
    assertThat(read.tags()).containsExactly("t");
    assertThat(read.schedules()).isEqualTo(made.schedules());

    Schedules.Draft hourly =
        Schedules.Draft.of(
                new ServerSchedule.Every(Duration.ofHours(1), Optional.empty(), Optional.empty()))
            .slug("hourly")
            .active(false);
    client
        .deployments()
        .update(
            made.id(),
            change().noConcurrencyLimit().schedules(List.of(daily.active(false), hourly)));
    Deployments.Deployment both = read(made.id());
    assertThat(both.schedules())
        .extracting(Schedules.Schedule::slug)
        .containsExactlyInAnyOrder("daily", "hourly");
    assertThat(both.schedules())
        .filteredOn(s -> s.slug().equals("daily"))
        .singleElement()
        .satisfies(
            s -> {
              assertThat(s.id()).isEqualTo(made.schedules().getFirst().id());
              assertThat(s.active()).isFalse();
            });
    assertThat(both.globalConcurrencyLimit().isObject()).isFalse();
    client.deployments().update(made.id(), change().schedules(List.of(hourly)));
    assertThat(read(made.id()).schedules()).hasSize(2);
  }

  @Test
  void schedules_of_every_kind_come_back_as_they_were_set() {
    Instant anchor = Instant.parse("2026-01-01T06:30:00Z");
    List<ServerSchedule> kinds =
        List.of(
            new ServerSchedule.Cron("0 6 1 * 1", Optional.of("Europe/Berlin"), false),
            new ServerSchedule.Every(
                Duration.ofMinutes(90), Optional.of(anchor), Optional.of("America/New_York")),
            new ServerSchedule.RRule(
                "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0;BYSECOND=0", Optional.of("Asia/Tokyo")));
    Deployments.Deployment made =
        deployment(change().schedules(kinds.stream().map(Schedules.Draft::of).toList()));

    assertThat(client.schedules().list(made.id()))
        .extracting(Schedules.Schedule::schedule)
        .containsExactlyInAnyOrderElementsOf(kinds);
    assertThat(client.schedules().list(made.id())).allMatch(Schedules.Schedule::active);
    awaitScheduled(made.id(), 3);
  }

  private static void awaitScheduled(UUID deployment, int least) {
    Awaitility.await("scheduled runs")
        .atMost(Duration.ofSeconds(60))
        .until(() -> scheduled(deployment) >= least);
  }

  private static int scheduled(UUID deployment) {
    return client
        .flowRuns()
        .count(Filter.ALL.deploymentIds(deployment).flowRunStates(StateType.SCHEDULED));
  }

  @Test
  void schedules_are_added_changed_switched_and_deleted() {
    UUID deployment = deployment(change()).id();
    ServerSchedule cron = new ServerSchedule.Cron("*/5 * * * *", Optional.of("UTC"), true);
    Schedules.Schedule added =
        client.schedules().add(deployment, List.of(Schedules.Draft.of(cron))).getFirst();
    client.schedules().add(deployment, List.of(Schedules.Draft.of(NEVER).active(false)));
    assertThat(added.schedule()).isEqualTo(cron);
    assertThat(client.schedules().list(deployment)).hasSize(2);
    awaitScheduled(deployment, 3);

    client.schedules().setActive(deployment, added.id(), false);
    assertThat(schedule(deployment, added.id()).active()).isFalse();
    assertThat(schedule(deployment, added.id()).schedule()).isEqualTo(cron);
    assertThat(scheduled(deployment)).as("runs of a schedule that was switched off").isZero();

    ServerSchedule other = new ServerSchedule.RRule("FREQ=YEARLY", Optional.of("UTC"));
    client
        .schedules()
        .change(
            deployment,
            added.id(),
            Schedules.Draft.of(other).active(false).parameters(json("n", 7)));
    Schedules.Schedule changed = schedule(deployment, added.id());
    assertThat(changed.schedule()).isEqualTo(other);
    assertThat(changed.parameters()).isEqualTo(json("n", 7));

    assertThat(client.schedules().delete(deployment, added.id())).isTrue();
    assertThat(client.schedules().delete(deployment, added.id())).isFalse();
    assertThat(client.schedules().list(deployment)).hasSize(1);
  }

  private static Schedules.Schedule schedule(UUID deployment, UUID id) {
    return client.schedules().list(deployment).stream()
        .filter(s -> s.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void a_wrong_schedule_is_refused_with_the_reason() {
    UUID deployment = deployment(change()).id();
    ServerSchedule wrong = new ServerSchedule.Cron("61 * * * *", Optional.of("UTC"), true);
    ServerSchedule nowhere =
        new ServerSchedule.Cron("1 * * * *", Optional.of("Mars/Olympus"), true);

    for (ServerSchedule schedule : List.of(wrong, nowhere)) {
      assertThatThrownBy(
              () -> client.schedules().add(deployment, List.of(Schedules.Draft.of(schedule))))
          .isInstanceOfSatisfying(
              PrefectException.class,
              e -> assertThat(e.fault().orElseThrow()).isInstanceOf(Fault.Invalid.class));
    }
    assertThat(client.schedules().list(deployment)).isEmpty();
  }

  @Test
  void a_paused_deployment_makes_no_runs_until_it_is_resumed() {
    ServerSchedule cron = new ServerSchedule.Cron("*/5 * * * *", Optional.of("UTC"), true);
    UUID deployment = deployment(change().schedules(List.of(Schedules.Draft.of(cron)))).id();
    awaitScheduled(deployment, 3);

    client.deployments().pause(deployment);
    assertThat(read(deployment).paused()).isTrue();
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> scheduled(deployment) == 0);
    client.deployments().resume(deployment);
    assertThat(read(deployment).paused()).isFalse();
    awaitScheduled(deployment, 3);
  }

  @Test
  void a_run_of_a_deployment_has_its_parameters_and_is_made_once_a_key() {
    Deployments.Deployment made =
        deployment(change().parameters(json("n", 1)).parameterSchema(schema()).tags(List.of("d")));
    Deployments.RunDraft draft =
        Deployments.RunDraft.now()
            .name("mine")
            .parameters(json("n", 2))
            .tags(List.of("t"))
            .labels(Map.of("l", "v"));
    FlowRuns.FlowRun run = client.deployments().run(made.id(), draft);

    assertThat(client.deployments().run(made.id(), draft).id()).isEqualTo(run.id());
    assertThat(run.deploymentId()).contains(made.id());
    assertThat(run.name()).isEqualTo("mine");
    assertThat(run.parameters()).isEqualTo(json("n", 2));
    assertThat(run.tags()).containsExactlyInAnyOrder("d", "t");
    assertThat(run.state().orElseThrow().known()).contains(StateType.SCHEDULED);
    FlowRuns.FlowRun standard = client.deployments().run(made.id(), Deployments.RunDraft.now());
    assertThat(standard.parameters()).isEqualTo(json("n", 1));

    Instant later = Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);
    FlowRuns.FlowRun timed =
        client.deployments().run(made.id(), Deployments.RunDraft.now().at(later));
    assertThat(timed.nextScheduledStartTime()).contains(later);
    assertThat(timed.state().orElseThrow().stateDetails().orElseThrow().scheduledTime())
        .contains(later);
  }

  @Test
  void parameters_that_the_schema_forbids_are_refused_with_the_reason() {
    Deployments.Deployment made = deployment(change().parameterSchema(schema()));
    ObjectNode wrong = JsonNodeFactory.instance.objectNode().put("n", "many");

    assertThatThrownBy(
            () -> client.deployments().run(made.id(), Deployments.RunDraft.now().parameters(wrong)))
        .isInstanceOfSatisfying(
            PrefectException.class,
            e -> {
              assertThat(e.fault().orElseThrow()).isInstanceOf(Fault.Conflict.class);
              assertThat(e).hasMessageContaining("'many' is not of type 'integer'");
            });
  }

  @Test
  void deployments_are_filtered_and_deleted() {
    Flows.Flow flow = flow();
    String tag = "tag-" + UUID.randomUUID();
    Deployments.Deployment one =
        client
            .deployments()
            .put(DeploymentDraft.of(flow.id(), "one").with(change().tags(List.of(tag))));
    client.deployments().put(DeploymentDraft.of(flow.id(), "two"));
    Filter mine = Filter.ALL.flowNames(flow.name()).sort(Filter.Sort.NAME_ASC);

    assertThat(client.deployments().filter(mine))
        .extracting(Deployments.Deployment::name)
        .containsExactly("one", "two");
    assertThat(client.deployments().filter(Filter.ALL.deploymentTags(tag))).hasSize(1);
    assertThat(client.deployments().filter(mine.deploymentNames("two"))).hasSize(1);
    assertThat(client.deployments().filter(mine.deploymentOrFlowLike("on"))).hasSize(1);
    assertThat(client.deployments().delete(one.id())).isTrue();
    assertThat(client.deployments().delete(one.id())).isFalse();
    assertThat(client.deployments().count(mine)).isEqualTo(1);
  }
}
