package dev.mahavishnu.prefect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.mahavishnu.run.StateType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** Flows, flow runs and task runs on a real server. */
final class RunsTest {
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

  private static String unique(String stem) {
    return stem + "-" + UUID.randomUUID();
  }

  private static Flows.Flow flow() {
    return client.flows().ensure(unique("flow"), List.of(), Map.of());
  }

  private static FlowRuns.FlowRun run(Flows.Flow flow) {
    return client.flowRuns().create(FlowRuns.Draft.of(flow.id()));
  }

  private static Transition move(FlowRuns.FlowRun run, StateType type) {
    return client.flowRuns().setState(run.id(), StateChange.to(type));
  }

  private static String state(FlowRuns.FlowRun run) {
    return client.flowRuns().find(run.id()).orElseThrow().state().orElseThrow().name();
  }

  @Test
  void the_server_tells_its_version_and_health() {
    assertThat(client.server().isHealthy()).isTrue();
    assertThat(client.server().version()).contains("3.8.8");
    assertThat(ServerInfo.complaint("3.8.8")).isEmpty();
    assertThat(ServerInfo.complaint("2.20.1")).get().asString().contains("Prefect 3 is needed");
    assertThat(ServerInfo.complaint("3.1.0")).get().asString().contains("older");
    assertThat(ServerInfo.complaint("nightly")).get().asString().contains("not known");
  }

  @Test
  void a_flow_is_made_once_a_name_and_found_by_name_id_and_filter() {
    String name = unique("füße + co?#");
    Flows.Flow made = client.flows().ensure(name, List.of("a"), Map.of("by", "test"));
    Flows.Flow again = client.flows().ensure(name, List.of(), Map.of());

    assertThat(again.id()).isEqualTo(made.id());
    assertThat(client.flows().find(name)).get().extracting(Flows.Flow::id).isEqualTo(made.id());
    assertThat(client.flows().find(made.id()).orElseThrow().name()).isEqualTo(name);
    assertThat(made.tags()).containsExactly("a");
    assertThat(made.labels()).containsKey("by");
    assertThat(client.flows().filter(Filter.ALL.flowNames(name))).hasSize(1);
    assertThat(client.flows().count(Filter.ALL.flowIds(made.id()))).isEqualTo(1);

    client.flows().setTags(made.id(), List.of("x", "y"));
    assertThat(client.flows().find(made.id()).orElseThrow().tags()).containsExactly("x", "y");
    assertThat(client.flows().delete(made.id())).isTrue();
    assertThat(client.flows().delete(made.id())).isFalse();
    assertThat(client.flows().find(made.id())).isEmpty();
    assertThat(client.flows().find(name)).isEmpty();
  }

  @Test
  void a_flow_run_keeps_what_it_was_made_with() {
    FlowRuns.FlowRun made =
        client
            .flowRuns()
            .create(
                FlowRuns.Draft.of(flow().id())
                    .name("morning")
                    .parameters(JsonNodeFactory.instance.objectNode().put("day", "2026-11-24"))
                    .tags(List.of("t1", "t2"))
                    .labels(Map.of("l", "v"))
                    .flowVersion("abc"));
    FlowRuns.FlowRun read = client.flowRuns().find(made.id()).orElseThrow();

    assertThat(read.name()).isEqualTo("morning");
    assertThat(read.parameters().path("day").asString()).isEqualTo("2026-11-24");
    assertThat(read.tags()).containsExactlyInAnyOrder("t1", "t2");
    assertThat(read.labels().get("l").asString()).isEqualTo("v");
    assertThat(read.flowVersion()).isEqualTo("abc");
    assertThat(read.state().orElseThrow().known()).contains(StateType.PENDING);
    assertThat(client.flowRuns().find(UUID.randomUUID())).isEmpty();
  }

  @Test
  void the_same_idempotency_key_gives_the_same_flow_run() {
    FlowRuns.Draft draft = FlowRuns.Draft.of(flow().id());
    FlowRuns.FlowRun first = client.flowRuns().create(draft);

    assertThat(client.flowRuns().create(draft).id()).isEqualTo(first.id());
    assertThat(client.flowRuns().create(draft.idempotencyKey(unique("other"))).id())
        .isNotEqualTo(first.id());
    assertThat(client.flowRuns().filter(Filter.ALL.flowRunIdempotencyKeys(first.idempotencyKey())))
        .hasSize(1);
  }

  @Test
  void a_flow_run_is_changed_labelled_and_deleted() {
    FlowRuns.FlowRun run = run(flow());
    client
        .flowRuns()
        .update(
            run.id(),
            FlowRuns.Update.NOTHING
                .name("renamed")
                .tags(List.of("new"))
                .flowVersion("v2")
                .infrastructurePid("host:1")
                .parameters(JsonNodeFactory.instance.objectNode().put("n", 2)));
    client.flowRuns().addLabels(run.id(), Map.of("one", "1"));
    client.flowRuns().addLabels(run.id(), Map.of("two", "2"));
    FlowRuns.FlowRun read = client.flowRuns().find(run.id()).orElseThrow();

    assertThat(read.name()).isEqualTo("renamed");
    assertThat(read.tags()).containsExactly("new");
    assertThat(read.flowVersion()).isEqualTo("v2");
    assertThat(read.infrastructurePid()).isEqualTo("host:1");
    assertThat(read.parameters().path("n").asInt()).isEqualTo(2);
    assertThat(read.labels()).containsKeys("one", "two");
    assertThat(client.flowRuns().delete(run.id())).isTrue();
    assertThat(client.flowRuns().delete(run.id())).isFalse();
    assertThat(client.flowRuns().find(run.id())).isEmpty();
  }

  @Test
  void a_flow_run_goes_through_its_states_and_the_server_remembers_all() {
    FlowRuns.FlowRun run = run(flow());
    StateChange done =
        StateChange.to(StateType.COMPLETED).named("Weirdly done").message("all is well");

    assertThat(move(run, StateType.RUNNING).isAccepted()).isTrue();
    assertThat(client.flowRuns().setState(run.id(), done))
        .isInstanceOfSatisfying(
            Transition.Accepted.class,
            accepted -> {
              assertThat(accepted.state().name()).isEqualTo("Weirdly done");
              assertThat(accepted.state().known()).contains(StateType.COMPLETED);
              assertThat(accepted.state().isFinal()).isTrue();
            });
    FlowRuns.FlowRun read = client.flowRuns().find(run.id()).orElseThrow();
    assertThat(read.state().orElseThrow().message()).isEqualTo("all is well");
    assertThat(read.startTime()).isPresent();
    assertThat(read.endTime()).isPresent();
    assertThat(read.runCount()).isEqualTo(1);
    assertThat(client.flowRuns().states(run.id()))
        .extracting(ServerState::type)
        .containsExactly("PENDING", "RUNNING", "COMPLETED");
  }

  @Test
  void a_second_claim_of_a_run_is_aborted_though_the_http_status_is_good() {
    FlowRuns.FlowRun run =
        client
            .flowRuns()
            .create(FlowRuns.Draft.of(flow().id()).state(StateChange.scheduled(Instant.now())));

    assertThat(move(run, StateType.PENDING).isAccepted()).isTrue();
    assertThat(move(run, StateType.PENDING))
        .isInstanceOfSatisfying(
            Transition.Aborted.class, aborted -> assertThat(aborted.reason()).contains("PENDING"));
    assertThat(move(run, StateType.RUNNING).isAccepted()).isTrue();
    assertThat(move(run, StateType.PENDING)).isInstanceOf(Transition.Aborted.class);
  }

  @Test
  void a_run_that_is_scheduled_for_later_must_wait() {
    Instant later = Instant.now().plus(Duration.ofHours(1));
    FlowRuns.FlowRun run =
        client
            .flowRuns()
            .create(FlowRuns.Draft.of(flow().id()).state(StateChange.scheduled(later)));

    assertThat(move(run, StateType.RUNNING))
        .isInstanceOfSatisfying(
            Transition.Wait.class,
            wait ->
                assertThat(wait.delay()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1)));
    assertThat(
            client.flowRuns().forceState(run.id(), StateChange.to(StateType.RUNNING)).isAccepted())
        .isTrue();
  }

  @Test
  void a_run_is_cancelled_and_a_cancelling_one_does_not_run_on() {
    FlowRuns.FlowRun run = run(flow());
    move(run, StateType.RUNNING);
    assertThat(move(run, StateType.CANCELLING).isAccepted()).isTrue();
    assertThat(state(run)).isEqualTo("Cancelling");
    assertThat(move(run, StateType.RUNNING).isAccepted()).isFalse();
    assertThat(move(run, StateType.CANCELLED).isAccepted()).isTrue();
    assertThat(state(run)).isEqualTo("Cancelled");
  }

  @Test
  void a_paused_run_is_resumed() {
    FlowRuns.FlowRun run = run(flow());
    move(run, StateType.RUNNING);
    Instant until = Instant.now().plus(Duration.ofHours(1));

    assertThat(
            client
                .flowRuns()
                .setState(run.id(), StateChange.paused(until, "approve", false))
                .isAccepted())
        .isTrue();
    ServerState paused = client.flowRuns().find(run.id()).orElseThrow().state().orElseThrow();
    assertThat(paused.known()).contains(StateType.PAUSED);
    assertThat(paused.stateDetails().orElseThrow().pauseKey()).isEqualTo("approve");
    assertThat(paused.stateDetails().orElseThrow().pauseTimeout()).isPresent();
    assertThat(client.flowRuns().resume(run.id()).isAccepted()).isTrue();
    assertThat(state(run)).isEqualTo("Running");
    assertThat(client.flowRuns().resume(run.id())).isInstanceOf(Transition.Aborted.class);
  }

  @Test
  void flow_runs_are_filtered_by_what_they_are() {
    Flows.Flow flow = flow();
    String tag = unique("tag");
    FlowRuns.FlowRun running =
        client
            .flowRuns()
            .create(FlowRuns.Draft.of(flow.id()).name(unique("needle")).tags(List.of(tag, "b")));
    move(running, StateType.RUNNING);
    FlowRuns.FlowRun pending = run(flow);
    Filter mine = Filter.ALL.flowIds(flow.id());

    assertThat(client.flowRuns().count(mine)).isEqualTo(2);
    assertThat(ids(mine.flowRunStates(StateType.RUNNING))).containsExactly(running.id());
    assertThat(ids(mine.flowRunStateNames("Pending"))).containsExactly(pending.id());
    assertThat(ids(Filter.ALL.flowRunTags(tag))).containsExactly(running.id());
    assertThat(ids(mine.flowRunNameLike("needle"))).containsExactly(running.id());
    assertThat(ids(mine.topmost())).hasSize(2);
    assertThat(ids(mine.startedFrom(Instant.now().minusSeconds(600)))).hasSize(2);
    assertThat(ids(mine.startedUntil(Instant.now().minusSeconds(600)))).isEmpty();
    assertThat(ids(Filter.ALL.flowNames(flow.name()).flowRunIds(pending.id())))
        .containsExactly(pending.id());
  }

  private static List<UUID> ids(Filter filter) {
    return client.flowRuns().filter(filter).map(FlowRuns.FlowRun::id).toList();
  }

  @Test
  void a_filter_reads_page_after_page_but_only_as_far_as_is_asked() {
    FlowRuns.FlowRun run = run(flow());
    List<UUID> made = new ArrayList<>();
    for (int i = 0; i < Pages.SIZE + 5; i++) {
      made.add(
          client.taskRuns().create(TaskRuns.Draft.of(run.id(), "t", Integer.toString(i))).id());
    }
    Filter mine = Filter.ALL.flowRunIds(run.id()).sort(Filter.Sort.NAME_ASC);

    assertThat(client.taskRuns().filter(mine).map(TaskRuns.TaskRun::id))
        .containsExactlyInAnyOrderElementsOf(made);
    assertThat(client.taskRuns().filter(mine).limit(3)).hasSize(3);
    assertThat(client.taskRuns().count(mine)).isEqualTo(made.size());
  }

  @Test
  void task_runs_have_states_and_edges_and_the_graph_shows_them() {
    FlowRuns.FlowRun run = run(flow());
    move(run, StateType.RUNNING);
    TaskRuns.Draft draft = TaskRuns.Draft.of(run.id(), "extract", "0").tags(List.of("io"));
    TaskRuns.TaskRun first = client.taskRuns().create(draft);
    TaskRuns.TaskRun second =
        client
            .taskRuns()
            .create(
                TaskRuns.Draft.of(run.id(), "load", "0")
                    .id(UUID.randomUUID())
                    .name("load it")
                    .retries(2, List.of(1, 5))
                    .labels(Map.of("k", "v"))
                    .input("rows", List.of(first.id())));
    for (TaskRuns.TaskRun task : List.of(first, second)) {
      for (StateType type : List.of(StateType.PENDING, StateType.RUNNING, StateType.COMPLETED)) {
        assertThat(client.taskRuns().setState(task.id(), StateChange.to(type)).isAccepted())
            .isTrue();
      }
    }

    assertThat(client.taskRuns().create(draft).id()).isEqualTo(first.id());
    TaskRuns.TaskRun read = client.taskRuns().find(second.id()).orElseThrow();
    assertThat(read.name()).isEqualTo("load it");
    assertThat(read.flowRunId()).contains(run.id());
    assertThat(read.taskInputs().path("rows").path(0).path("id").asString())
        .isEqualTo(first.id().toString());
    assertThat(read.empiricalPolicy().path("retries").asInt()).isEqualTo(2);
    assertThat(client.taskRuns().states(second.id()))
        .extracting(ServerState::name)
        .endsWith("Pending", "Running", "Completed");
    assertThat(client.flowRuns().graph(run.id()).nodes())
        .extracting(RunGraph.Node::label, RunGraph.Node::stateType, RunGraph.Node::parents)
        .containsExactlyInAnyOrder(
            tuple("extract-0", "COMPLETED", Set.of()),
            tuple("load it", "COMPLETED", Set.of(first.id())));
  }

  @Test
  void task_runs_are_filtered_renamed_forced_and_deleted() {
    FlowRuns.FlowRun run = run(flow());
    TaskRuns.TaskRun task = client.taskRuns().create(TaskRuns.Draft.of(run.id(), "a", "0"));
    client.taskRuns().rename(task.id(), "b");
    client.taskRuns().forceState(task.id(), StateChange.to(StateType.FAILED).message("why"));
    Filter mine = Filter.ALL.flowRunIds(run.id());

    assertThat(client.taskRuns().filter(mine.taskRunStates(StateType.FAILED)))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.name()).isEqualTo("b");
              assertThat(found.state().orElseThrow().message()).isEqualTo("why");
            });
    assertThat(client.taskRuns().filter(mine.taskRunNames("b"))).hasSize(1);
    assertThat(client.taskRuns().filter(Filter.ALL.taskRunIds(task.id()))).hasSize(1);
    assertThat(client.taskRuns().filter(mine.taskRunStates(StateType.RUNNING))).isEmpty();
    assertThat(client.taskRuns().delete(task.id())).isTrue();
    assertThat(client.taskRuns().delete(task.id())).isFalse();
    assertThat(client.taskRuns().find(task.id())).isEmpty();
  }

  @Test
  void a_child_run_hangs_below_the_task_run_that_stands_for_it() {
    FlowRuns.FlowRun parent = run(flow());
    TaskRuns.TaskRun task = client.taskRuns().create(TaskRuns.Draft.of(parent.id(), "sub", "0"));
    FlowRuns.FlowRun child =
        client.flowRuns().create(FlowRuns.Draft.of(flow().id()).parentTaskRun(task.id()));
    client
        .taskRuns()
        .setState(task.id(), StateChange.to(StateType.RUNNING).childFlowRun(child.id()));

    assertThat(ids(Filter.ALL.parents(parent.id()))).containsExactly(child.id());
    assertThat(client.flowRuns().find(child.id()).orElseThrow().parentTaskRunId())
        .contains(task.id());
    assertThat(client.flowRuns().graph(parent.id()).nodes())
        .anySatisfy(node -> assertThat(node.kind()).isEqualTo("flow-run"));
  }

  @Test
  void what_the_server_does_not_take_is_told_field_by_field() {
    assertThatThrownBy(() -> client.flows().ensure("a/b%c", List.of(), Map.of()))
        .isInstanceOfSatisfying(
            PrefectException.class,
            e -> {
              assertThat(e.fault().orElseThrow()).isInstanceOf(Fault.Invalid.class);
              assertThat(e).hasMessageContaining("POST /flows/").hasMessageContaining("name: ");
            });
    assertThatThrownBy(
            () -> client.flowRuns().setState(UUID.randomUUID(), StateChange.to(StateType.RUNNING)))
        .isInstanceOfSatisfying(
            PrefectException.class,
            e -> assertThat(e.fault().orElseThrow()).isInstanceOf(Fault.NotFound.class));
  }

  @Test
  void many_threads_at_once_all_get_through() throws Exception {
    FlowRuns.FlowRun made = run(flow());
    // Tasks of a flow run that does not run may not run either.
    move(made, StateType.RUNNING);
    UUID run = made.id();
    List<Future<Boolean>> done = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        String key = Integer.toString(i);
        done.add(
            threads.submit(
                () -> {
                  UUID task = client.taskRuns().create(TaskRuns.Draft.of(run, "t", key)).id();
                  StateChange running = StateChange.to(StateType.RUNNING);
                  return client.taskRuns().setState(task, running).isAccepted();
                }));
      }
    }
    for (Future<Boolean> accepted : done) {
      assertThat(accepted.get()).isTrue();
    }
    assertThat(client.taskRuns().count(Filter.ALL.flowRunIds(run))).isEqualTo(8);
  }
}
