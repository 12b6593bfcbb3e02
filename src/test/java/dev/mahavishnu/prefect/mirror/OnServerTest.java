package dev.mahavishnu.prefect.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.prefect.Artifacts;
import dev.mahavishnu.prefect.Filter;
import dev.mahavishnu.prefect.FlowRuns;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.RealPrefect;
import dev.mahavishnu.prefect.RunGraph;
import dev.mahavishnu.prefect.ServerState;
import dev.mahavishnu.prefect.TaskRuns;
import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.RealRuns;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunEvent.TaskMoved;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.TaskKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a real server makes of the reports. */
final class OnServerTest {
  private static PrefectClient client;

  @TempDir Path folder;
  private RealRuns runs;

  @BeforeAll
  static void connect() {
    client = RealPrefect.open().client();
  }

  @AfterAll
  static void disconnect() {
    if (client != null) {
      client.close();
    }
  }

  @BeforeEach
  void open() {
    runs = new RealRuns(folder);
  }

  @AfterEach
  void close() {
    runs.close();
  }

  private List<Report> reports(RunId run) {
    Translation translation = new Translation(runs::seal, _ -> Optional.of("abc"));
    List<Report> reports = new ArrayList<>();
    runs.history().events(run, 1).forEach(event -> reports.addAll(translation.next(event)));
    TranslationTest.inOrder(reports);
    return reports;
  }

  /** Sends all, and waits until the server has recorded every event. */
  private static DirectSender sent(List<Report> reports) {
    DirectSender sender = new DirectSender(client).send(reports);
    Map<UUID, UUID> last = new HashMap<>();
    for (Report report : reports) {
      if (report instanceof Report.TaskRunMoved moved) {
        last.put(moved.taskRun(), moved.event());
      }
    }
    UUID[] flowRuns = sender.flowRuns().values().toArray(UUID[]::new);
    Awaitility.await("the recorder")
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(500))
        .until(
            () ->
                client
                    .taskRuns()
                    .filter(Filter.ALL.flowRunIds(flowRuns))
                    .flatMap(task -> task.state().orElseThrow().id().stream())
                    .collect(Collectors.toSet())
                    .containsAll(last.values()));
    return sender;
  }

  /** Everything that the server has of a run, as text. */
  private static String server(DirectSender sender) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(sender.flowRuns())
        .forEach(
            (key, id) -> {
              FlowRuns.FlowRun run = client.flowRuns().find(id).orElseThrow();
              text.append("flow run ")
                  .append(key.replaceAll("@.*", ""))
                  .append(' ')
                  .append(names(client.flowRuns().states(id)))
                  .append(" runs ")
                  .append(run.runCount())
                  .append('\n');
              graph(client.flowRuns().graph(id), text);
              client
                  .taskRuns()
                  .filter(Filter.ALL.flowRunIds(id))
                  .sorted(Comparator.comparing(TaskRuns.TaskRun::name))
                  .forEach(task -> task(task, text));
            });
    return text.toString();
  }

  private static void task(TaskRuns.TaskRun task, StringBuilder text) {
    List<ServerState> states =
        client.taskRuns().states(task.id()).stream()
            .sorted(Comparator.comparing(s -> s.timestamp().orElseThrow()))
            .toList();
    assertThat(states.getLast().id()).isEqualTo(task.state().orElseThrow().id());
    assertThat(task.startTime().isPresent()).isEqualTo(task.runCount() > 0);
    assertThat(task.endTime().isPresent()).isEqualTo(task.state().orElseThrow().isFinal());
    if (task.runCount() > 0 && task.endTime().isPresent()) {
      assertThat(task.totalRunTime()).isPositive();
    }
    text.append("  ").append(task.name()).append(' ').append(names(states));
    text.append(" runs ").append(task.runCount()).append('\n');
  }

  private static String names(List<ServerState> states) {
    return states.stream().map(ServerState::name).collect(Collectors.joining(" "));
  }

  private static void graph(RunGraph graph, StringBuilder text) {
    Map<UUID, String> labels = new LinkedHashMap<>();
    graph
        .nodes()
        .forEach(n -> labels.put(n.id(), n.label().replaceAll("[0-9]{6}-[0-9]{6}-\\w{4}", "RUN")));
    graph.nodes().stream()
        .map(
            n ->
                "  ("
                    + labels.get(n.id())
                    + ") "
                    + n.stateType()
                    + n.parents().stream()
                        .map(labels::get)
                        .sorted()
                        .map(l -> " <- " + l)
                        .collect(Collectors.joining())
                    + "\n")
        .sorted()
        .forEach(text::append);
  }

  private void told(RunId run, String expected) {
    List<Report> reports = reports(run);
    DirectSender sender = sent(reports);
    assertThat(server(sender)).isEqualTo(expected);
    List<UUID> artifacts = artifacts(sender);
    assertThat(artifacts).isNotEmpty();

    DirectSender again = sent(reports);
    assertThat(again.flowRuns()).isEqualTo(sender.flowRuns());
    assertThat(server(again)).as("sent again").isEqualTo(expected);
    assertThat(artifacts(again)).isEqualTo(artifacts);
  }

  private static List<UUID> artifacts(DirectSender sender) {
    return client
        .artifacts()
        .filter(Filter.ALL.flowRunIds(sender.flowRun(Report.ROOT)))
        .map(Artifacts.Artifact::id)
        .sorted()
        .toList();
  }

  @Test
  void a_run_with_all_kinds_of_ends() throws InterruptedException {
    RunId run =
        runs.run(
            """
            flow: mirror_ends
            concurrency: 1
            parameters: [{name: day, type: string, default: monday}]
            tasks:
              - {id: parts, type: compute, value: "${{ item }}", map: [1, 2]}
              - {id: each, type: compute, value: "${{ item }}", map: "${{ tasks.parts.output }}"}
              - {id: shaky, type: shell, command: "test -f m || { touch m; exit 3; }", retries: 2,
                 retry_delay: 1ms, depends_on: [each]}
              - {id: slow, type: shell, command: "sleep 60", timeout: 50ms, depends_on: [shaky]}
              - {id: after, type: compute, value: 1, depends_on: [slow]}
              - {id: never, type: compute, value: 1, when: "params.day == 'sunday'"}
            on_failure:
              - {id: tell, type: compute, value: "${{ tasks.slow.state }}"}
            """);

    told(
        run,
        """
        flow run  Pending Running Failed runs 1
          (after) FAILED <- slow
          (each[0]) COMPLETED <- parts[0]
          (each[1]) COMPLETED <- parts[1]
          (never) COMPLETED
          (parts[0]) COMPLETED
          (parts[1]) COMPLETED
          (shaky) COMPLETED <- each[0] <- each[1]
          (slow) FAILED <- shaky
          (tell) COMPLETED <- slow
          after UpstreamFailed runs 0
          each[0] Running Completed runs 1
          each[1] Running Completed runs 1
          never Skipped runs 0
          parts[0] Running Completed runs 1
          parts[1] Running Completed runs 1
          shaky Pending Running AwaitingRetry Pending Retrying Completed runs 2
          slow Pending Running TimedOut runs 1
          tell Running Completed runs 1
        """);
    FlowRuns.FlowRun there =
        client.flowRuns().filter(Filter.ALL.flowRunNameLike(run.text())).findFirst().orElseThrow();
    assertThat(there.parameters().path("day").asString()).isEqualTo("monday");
    assertThat(there.labels().get("mahavishnu.run").asString()).isEqualTo(run.text());
    assertThat(there.labels().get("mahavishnu.content-hash").asString()).isEqualTo("abc");
    assertThat(there.state().orElseThrow().message()).contains("did not complete");
  }

  @Test
  void subflows() throws InterruptedException {
    RunId run =
        runs.run(
            """
            flow: mirror_subflows
            concurrency: 1
            tasks:
              - {id: first, type: compute, value: 1}
              - id: sub
                type: flow
                depends_on: [first]
                map: [7]
                parameters: [{name: n, value: "${{ item }}"}]
                spec:
                  flow: mirror_inner
                  parameters: [{name: n, type: integer}]
                  tasks:
                    - {id: a, type: compute, value: "${{ params.n }}"}
                    - {id: deep, type: flow, depends_on: [a],
                       spec: {flow: mirror_deepest, tasks: [{id: z, type: compute, value: 1}]}}
              - id: again
                type: flow
                retries: 1
                retry_delay: 1ms
                depends_on: [sub]
                spec:
                  flow: mirror_again
                  tasks:
                    - {id: a, type: shell, command: "test -f m || { touch m; exit 3; }"}
              - {id: last, type: compute, value: "${{ tasks.again.output }}"}
            """);

    told(
        run,
        """
        flow run  Pending Running Completed runs 1
          (first) COMPLETED
          (last) COMPLETED <- mirror_again / RUN/again
          (mirror_again / RUN/again) COMPLETED <- mirror_inner / RUN/sub[0]
          (mirror_again / RUN/again) FAILED <- mirror_inner / RUN/sub[0]
          (mirror_inner / RUN/sub[0]) COMPLETED <- first
          again Pending Pending Running Failed Pending Running Completed runs 2
          first Running Completed runs 1
          last Running Completed runs 1
          sub[0] Pending Pending Running Completed runs 1
        flow run again Pending Running Failed runs 1
          (a) FAILED
          a Pending Running Failed runs 1
        flow run again Pending Running Completed runs 1
          (a) COMPLETED
          a Pending Running Completed runs 1
        flow run sub[0]/deep Pending Running Completed runs 1
          (z) COMPLETED
          z Running Completed runs 1
        flow run sub[0] Pending Running Completed runs 1
          (a) COMPLETED
          (mirror_deepest / RUN/sub[0]/deep) COMPLETED <- a
          a Running Completed runs 1
          deep Pending Pending Running Completed runs 1
        """);
  }

  @Test
  void an_approval_and_a_resume_after_failure() throws InterruptedException, IOException {
    RunId run =
        runs.run(
            """
            flow: mirror_resume
            concurrency: 1
            tasks:
              - {id: ask, type: approval, message: "Really?", expires: 1h}
              - {id: bad, type: shell, command: "test -f m", map: [1, 2], depends_on: [ask]}
              - {id: after, type: compute, value: 1, depends_on: [bad]}
            """);
    String paused = server(sent(reports(run)));
    runs.command(run, new Command.Approve("ann", Optional.of("ask"), "yes"));
    Files.createFile(folder.resolve("m"));
    runs.resume(run);

    assertThat(paused)
        .isEqualTo(
            """
            flow run  Pending Running Paused runs 1
              (ask) PAUSED
              ask Paused runs 0
            """);
    told(
        run,
        """
        flow run  Pending Running Paused Running Failed Retrying Completed runs 3
          (after) COMPLETED <- bad[0] <- bad[1]
          (ask) COMPLETED
          (bad[0]) COMPLETED <- ask
          (bad[1]) COMPLETED <- ask
          after UpstreamFailed Pending Running Completed runs 1
          ask Paused Completed runs 0
          bad[0] Pending Running Failed Pending Running Completed runs 2
          bad[1] Pending Running Failed Pending Running Completed runs 2
        """);
  }

  @Test
  void a_run_whose_process_died_and_that_was_resumed() {
    Journal journal =
        new Journal(
            """
            {"tasks": [{"id": "a", "type": "shell"}, {"id": "sub", "type": "flow", "depends_on": ["a"]}]}
            """);
    TaskKey a = TaskKey.of("", "a");
    TaskKey sub = TaskKey.of("", "sub");
    journal
        .add(new RunEvent.Opened(1, "here"))
        .add(new RunEvent.Moved(new State.Running(false)))
        .add(TaskMoved.to(a, 1, new State.Running(false)))
        .add(
            new RunEvent.Nested(
                sub, "mirror_inner", "{}", "/", 1, JsonNodeFactory.instance.objectNode()))
        .add(TaskMoved.to(sub, 1, new State.Running(false)))
        .later()
        .add(new RunEvent.Opened(2, "here"))
        .add(new RunEvent.Moved(new State.Running(true)))
        .add(TaskMoved.to(a, 1, new State.Running(false)))
        .add(TaskMoved.to(a, 1, State.Completed.DONE))
        .add(TaskMoved.to(sub, 1, State.Completed.DONE))
        .add(new RunEvent.Moved(State.Completed.DONE));
    String salt = UUID.randomUUID().toString();
    Translation translation = new Translation(text -> text + salt, _ -> Optional.empty());
    List<Report> reports =
        journal.events.stream().flatMap(event -> translation.next(event).stream()).toList();

    assertThat(server(sent(reports)))
        .isEqualTo(
            """
            flow run  Pending Running Crashed Retrying Completed runs 2
              (a) COMPLETED
              (mirror_inner / RUN/sub) COMPLETED <- a
              a Running Crashed Running Completed runs 2
              sub Pending Pending Running Crashed Retrying Completed runs 2
            flow run sub Pending Running Crashed Retrying Completed runs 2
            """);
  }
}
