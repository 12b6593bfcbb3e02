package dev.mahavishnu.prefect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mahavishnu.run.StateType;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Events and logs, streamed to and from real servers, over a way that can be cut. */
final class StreamsTest {
  private static PrefectClient open() {
    return client(RealPrefect.open().apiUrl(), "");
  }

  private static PrefectClient client(URI url, String auth) {
    return new PrefectClient(
        new PrefectSettings(
            Optional.of(new Known<>(url, "test")),
            auth.isEmpty()
                ? Optional.empty()
                : Optional.of(new Known<>(new Credential.AuthString(auth), "test")),
            Duration.ofSeconds(20),
            20,
            List.of()));
  }

  private static UUID run(PrefectClient client) {
    Flows.Flow flow = client.flows().ensure("flow-" + UUID.randomUUID(), List.of(), Map.of());
    return client.flowRuns().create(FlowRuns.Draft.of(flow.id())).id();
  }

  /** As Prefect's own engine reports a state of a task run. */
  private static JsonNode taskEvent(UUID flowRun, UUID taskRun, int number, StateType type) {
    return Wire.MAPPER.readTree(
        """
        {"id": "%1$s", "occurred": "%2$s", "event": "prefect.task-run.%3$s",
         "resource": {"prefect.resource.id": "prefect.task-run.%4$s",
           "prefect.resource.name": "t-%5$d", "prefect.state-name": "%3$s",
           "prefect.state-type": "%6$s", "prefect.state-timestamp": "%2$s",
           "prefect.state-message": "", "prefect.run-count": "1",
           "prefect.orchestration": "client"},
         "related": [{"prefect.resource.id": "prefect.flow-run.%7$s",
           "prefect.resource.role": "flow-run"}],
         "payload": {"intended": {"from": null, "to": "%6$s"}, "initial_state": null,
           "validated_state": {"type": "%6$s", "name": "%3$s", "message": "",
             "state_details": {}, "data": null},
           "task_run": {"name": "t-%5$d", "task_key": "t", "dynamic_key": "%5$d",
             "task_inputs": {}, "run_count": 1, "tags": [], "labels": {},
             "empirical_policy": {}, "expected_start_time": "%2$s",
             "flow_run_run_count": 1, "total_run_time": 0.0}}}
        """
            .formatted(
                UUID.randomUUID(),
                Instant.now(),
                type.name().charAt(0) + type.name().substring(1).toLowerCase(Locale.ROOT),
                taskRun,
                number,
                type.name(),
                flowRun));
  }

  private static void awaitCompleted(PrefectClient client, UUID run, int tasks) {
    Awaitility.await("task runs recorded from events")
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                client
                        .taskRuns()
                        .count(Filter.ALL.flowRunIds(run).taskRunStates(StateType.COMPLETED))
                    == tasks);
  }

  private static List<JsonNode> story(UUID run, int tasks) {
    return IntStream.range(0, tasks)
        .boxed()
        .flatMap(
            i -> {
              UUID task = UUID.randomUUID();
              return Stream.of(
                  taskEvent(run, task, i, StateType.RUNNING),
                  taskEvent(run, task, i, StateType.COMPLETED));
            })
        .toList();
  }

  @Test
  void task_runs_told_by_events_are_recorded_also_by_a_server_that_wants_a_token() {
    for (PrefectClient client :
        List.of(open(), client(RealPrefect.guarded().apiUrl(), RealPrefect.AUTH_STRING))) {
      try (client;
          EventSender sender = client.events().sender()) {
        UUID run = run(client);
        sender.send(story(run, 20));
        awaitCompleted(client, run, 20);
        assertThat(
                client
                    .events()
                    .history(
                        EventFilter.ALL.about(run).prefixes("prefect.task-run."),
                        Instant.now().minusSeconds(600),
                        Instant.now().plusSeconds(600),
                        1_000))
            .hasSize(40);
      }
    }
  }

  @Test
  void a_wrong_token_is_told_and_not_tried_again() {
    try (PrefectClient client = client(RealPrefect.guarded().apiUrl(), "admin:wrong-and-secret");
        EventSender sender = client.events().sender();
        Following events = client.events().follow(EventFilter.ALL, Instant.now(), _ -> {})) {
      for (Runnable refused :
          List.<Runnable>of(
              () ->
                  sender.send(
                      List.of(
                          taskEvent(UUID.randomUUID(), UUID.randomUUID(), 0, StateType.RUNNING))),
              events::awaitReady)) {
        assertThatThrownBy(refused::run)
            .isInstanceOfSatisfying(
                PrefectException.class,
                e -> {
                  assertThat(e.fault().orElseThrow()).isInstanceOf(Fault.Unauthorized.class);
                  assertThat(e)
                      .hasMessageContaining("/events/")
                      .hasMessageNotContaining("wrong-and-secret");
                });
      }
    }
  }

  @Test
  void events_sent_after_the_way_was_cut_arrive_and_none_is_lost() throws Exception {
    try (DroppingProxy proxy = new DroppingProxy(RealPrefect.open().apiUrl());
        PrefectClient direct = open();
        PrefectClient client = client(proxy.url(), "");
        EventSender sender = client.events().sender()) {
      UUID run = run(direct);
      List<JsonNode> story = story(run, 30);
      sender.send(story.subList(0, 20));
      proxy.cut(false);
      sender.send(story.subList(20, 40));
      sender.send(story.subList(40, 60));
      awaitCompleted(direct, run, 30);
      assertThat(proxy.accepted()).isGreaterThanOrEqualTo(2);
      assertThat(direct.taskRuns().filter(Filter.ALL.flowRunIds(run))).hasSize(30);
    }
  }

  @Test
  void what_happens_to_a_run_is_seen_live_and_across_a_cut_once_each() throws Exception {
    List<String> seen = new CopyOnWriteArrayList<>();
    try (DroppingProxy proxy = new DroppingProxy(RealPrefect.open().apiUrl());
        PrefectClient direct = open();
        PrefectClient client = client(proxy.url(), "")) {
      UUID run = run(direct);
      EventFilter filter = EventFilter.ALL.about(run).prefixes("prefect.flow-run.");
      try (Following following =
          client
              .events()
              .follow(filter, Instant.now().minusSeconds(60), event -> seen.add(event.event()))) {
        following.awaitReady();
        direct.flowRuns().setState(run, StateChange.to(StateType.RUNNING));
        awaitSeen(seen, "prefect.flow-run.Running");
        proxy.cut(true);
        direct.flowRuns().setState(run, StateChange.to(StateType.FAILED));
        proxy.reopen();
        awaitSeen(seen, "prefect.flow-run.Failed");
        assertThat(seen).doesNotHaveDuplicates().contains("prefect.flow-run.Pending");
      }
    }
  }

  private static void awaitSeen(List<String> seen, String what) {
    Awaitility.await(what).atMost(Duration.ofSeconds(60)).until(() -> seen.contains(what));
  }

  @Test
  void lines_of_log_are_followed_from_the_first_on_and_across_a_cut_once_each() throws Exception {
    List<String> seen = new CopyOnWriteArrayList<>();
    try (DroppingProxy proxy = new DroppingProxy(RealPrefect.open().apiUrl());
        PrefectClient direct = open();
        PrefectClient client = client(proxy.url(), "")) {
      UUID run = run(direct);
      direct.logs().append(List.of(line(run, "before")));
      try (Following following =
          client
              .logs()
              .follow(
                  LogFilter.ALL.flowRuns(run), Instant.EPOCH, line -> seen.add(line.message()))) {
        following.awaitReady();
        awaitSeen(seen, "before");
        direct.logs().append(List.of(line(run, "live")));
        awaitSeen(seen, "live");
        proxy.cut(true);
        direct.logs().append(List.of(line(run, "meanwhile")));
        proxy.reopen();
        awaitSeen(seen, "meanwhile");
        direct.logs().append(List.of(line(run, "after")));
        awaitSeen(seen, "after");
        assertThat(seen).containsExactly("before", "live", "meanwhile", "after");
      }
    }
  }

  private static ServerLogs.Line line(UUID run, String message) {
    return new ServerLogs.Line(
        "l", ServerLogs.INFO, message, Instant.now(), Optional.of(run), Optional.empty());
  }

  @Test
  void a_stream_that_is_closed_ends_and_one_that_can_not_be_had_says_why() throws Exception {
    try (PrefectClient client = open()) {
      Following following = client.events().follow(EventFilter.ALL, Instant.now(), _ -> {});
      following.awaitReady().close();
      assertThat(following.end().get()).isEmpty();
    }
    URI nothing = URI.create("http://127.0.0.1:1/api");
    try (PrefectClient client =
        new PrefectClient(
            new PrefectSettings(
                Optional.of(new Known<>(nothing, "test")),
                Optional.empty(),
                Duration.ofSeconds(5),
                0,
                List.of()))) {
      Following following = client.logs().follow(LogFilter.ALL, Instant.EPOCH, _ -> {});
      assertThat(following.end().get()).containsInstanceOf(Fault.Unreachable.class);
      assertThatThrownBy(following::awaitReady).hasMessageContaining("connection refused");
    }
  }
}
