package dev.mahavishnu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.prefect.Browser;
import dev.mahavishnu.prefect.Filter;
import dev.mahavishnu.prefect.FlowRuns;
import dev.mahavishnu.prefect.LogFilter;
import dev.mahavishnu.prefect.OwnPrefect;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.PrefectSettings;
import dev.mahavishnu.prefect.RealPrefect;
import dev.mahavishnu.prefect.RunGraph;
import dev.mahavishnu.prefect.ServedFlow;
import dev.mahavishnu.prefect.ServerLogs;
import dev.mahavishnu.prefect.TaskRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows of Prefect, with the real program and a real server. */
final class PrefectShowsTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int TASK_RUNS = 11;

  private static OwnPrefect own;
  private static PrefectClient client;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws IOException {
    own = RealPrefect.own();
    client = own.server().client();
  }

  @AfterAll
  static void end() {
    if (own != null) {
      client.close();
      own.close();
    }
  }

  private static Map<String, String> server() {
    return Map.of("MAHAVISHNU_PREFECT__API_URL", own.server().apiUrl().toString());
  }

  /** The same, where each awk takes a second longer: what runs can be looked at while it runs. */
  private Map<String, String> slow() throws IOException {
    String path = System.getenv("PATH");
    Path awk =
        List.of(path.split(":")).stream()
            .map(f -> Path.of(f, "awk"))
            .filter(Files::isExecutable)
            .findFirst()
            .orElseThrow();
    Path slow = Files.createDirectories(folder.resolve("bin")).resolve("awk");
    Files.writeString(slow, "#!/bin/sh\nsleep 1\nexec " + awk + " \"$@\"\n");
    Files.setPosixFilePermissions(slow, PosixFilePermissions.fromString("rwxr-xr-x"));
    Map<String, String> variables = new HashMap<>(server());
    variables.put("PATH", slow.getParent() + ":" + path);
    return variables;
  }

  /** The flow run that mirrors the last run of the workspace, once it is there. */
  private FlowRuns.FlowRun mirrored() {
    return Awaitility.await("the run on the server")
        .atMost(LIMIT)
        .ignoreException(IllegalStateException.class)
        .until(this::mirror, Optional::isPresent)
        .orElseThrow();
  }

  private Optional<FlowRuns.FlowRun> mirror() {
    String[] words = new CommandLineOf(folder).run("run", "list").out().split("\\s+");
    List<String> runs =
        List.of(words).stream().filter(w -> w.matches("\\d{6}-\\d{6}-\\w{4}")).toList();
    return client
        .flowRuns()
        .filter(Filter.ALL.flowNames("etl_pipeline"))
        .filter(run -> run.labels().containsKey("mahavishnu.run"))
        .filter(run -> runs.contains(run.labels().get("mahavishnu.run").asString()))
        .findFirst();
  }

  private static RunGraph graphWhen(UUID run, Predicate<RunGraph> is) {
    return Awaitility.await("the graph of " + run)
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> client.flowRuns().graph(run), is);
  }

  private static Predicate<RunGraph> all(String state) {
    return graph ->
        graph.nodes().size() == TASK_RUNS
            && graph.nodes().stream().allMatch(node -> node.stateType().equals(state));
  }

  private static String state(UUID run) {
    return client.flowRuns().find(run).orElseThrow().state().orElseThrow().type();
  }

  @Test
  void a_run_is_seen_on_the_server_while_it_runs_and_drawn_there_with_its_edges_and_logs()
      throws Exception {
    try (Program program =
        Program.start(
            folder,
            slow(),
            "workflow",
            "trigger",
            "--name",
            "etl_pipeline",
            "--adapter",
            "prefect")) {
      FlowRuns.FlowRun run = mirrored();
      graphWhen(
          run.id(),
          graph -> graph.nodes().stream().anyMatch(node -> node.stateType().equals("RUNNING")));
      assertThat(program.isAlive()).as("it runs while the server knows it runs").isTrue();
      CommandLineOf.Result result = program.await(LIMIT);

      assertThat(result.code()).as(result.out() + result.err()).isZero();
      RunGraph graph = graphWhen(run.id(), all("COMPLETED"));
      assertThat(state(run.id())).isEqualTo("COMPLETED");
      Map<UUID, TaskRuns.TaskRun> tasks = tasks(run.id());
      assertThat(tasks.values())
          .extracting(TaskRuns.TaskRun::taskKey)
          .containsExactlyInAnyOrder(
              "extract",
              "validate",
              "validate",
              "validate",
              "validate",
              "transform",
              "transform",
              "transform",
              "transform",
              "load",
              "report");
      Map<String, List<String>> parents =
          graph.nodes().stream()
              .collect(
                  Collectors.groupingBy(
                      node -> tasks.get(node.id()).taskKey(),
                      Collectors.flatMapping(
                          node ->
                              node.parents().stream().map(id -> tasks.get(id).taskKey()).distinct(),
                          Collectors.collectingAndThen(
                              Collectors.toList(), l -> l.stream().distinct().sorted().toList()))));
      assertThat(parents)
          .isEqualTo(
              Map.of(
                  "extract", List.of(),
                  "validate", List.of("extract"),
                  "transform", List.of("extract", "validate"),
                  "load", List.of("transform"),
                  "report", List.of("load")));
      assertThat(client.logs().filter(LogFilter.ALL.flowRuns(run.id())))
          .extracting(ServerLogs.Stored::message)
          .anyMatch(line -> line.contains("2014 was the wettest of 4 years"));
      drawn(run, graph);
    }
  }

  private static Map<UUID, TaskRuns.TaskRun> tasks(UUID run) {
    return client
        .taskRuns()
        .filter(Filter.ALL.flowRunIds(run))
        .collect(Collectors.toMap(TaskRuns.TaskRun::id, Function.identity()));
  }

  private static void drawn(FlowRuns.FlowRun run, RunGraph graph) throws Exception {
    Path pictures = Files.createDirectories(Path.of("target", "pictures"));
    Browser.Page page =
        Browser.open(
            PrefectSettings.of(own.server().apiUrl()).flowRunPage(run.id()).orElseThrow(),
            pictures,
            "etl_pipeline");
    assertThat(page.text())
        .contains("etl_pipeline", "Completed", TASK_RUNS + " Task runs", "2014 was the wettest");
    assertThat(page.completedBars()).as(page.file().toString()).isEqualTo(graph.nodes().size());
  }

  @Test
  void a_server_that_dies_in_the_middle_and_comes_back_gets_to_know_every_task_once()
      throws Exception {
    try (Program program =
        Program.start(
            folder,
            slow(),
            "workflow",
            "trigger",
            "--name",
            "etl_pipeline",
            "--adapter",
            "prefect")) {
      FlowRuns.FlowRun run = mirrored();
      graphWhen(run.id(), graph -> !graph.nodes().isEmpty());
      own.kill();
      assertThat(program.isAlive()).as("killed in the middle").isTrue();
      own.start();
      CommandLineOf.Result result = program.await(LIMIT);
      assertThat(result.code()).as(result.out() + result.err()).isZero();

      Program sync = Program.start(folder, server(), "prefect", "sync");
      CommandLineOf.Result synced = sync.await(LIMIT);
      assertThat(synced.code()).as(synced.out() + synced.err()).isZero();
      RunGraph graph = graphWhen(run.id(), all("COMPLETED"));
      assertThat(state(run.id())).isEqualTo("COMPLETED");
      assertThat(graph.nodes()).extracting(RunGraph.Node::label).doesNotHaveDuplicates();
      assertThat(tasks(run.id()).values())
          .allSatisfy(task -> assertThat(task.runCount()).isEqualTo(1))
          .hasSize(TASK_RUNS);
      assertThat(
              client.flowRuns().filter(Filter.ALL.flowNames("etl_pipeline")).filter(this::isOurs))
          .as("one flow run")
          .hasSize(1);
      List<String> lines =
          client
              .logs()
              .filter(LogFilter.ALL.flowRuns(run.id()))
              .map(ServerLogs.Stored::message)
              .filter(line -> line.contains("2014 was the wettest"))
              .toList();
      assertThat(lines).as("said once").hasSize(1);
    }
  }

  private boolean isOurs(FlowRuns.FlowRun run) {
    return mirror().map(FlowRuns.FlowRun::id).filter(run.id()::equals).isPresent();
  }

  @Test
  void a_python_flow_is_triggered_by_name_and_its_logs_and_its_failure_are_told() throws Exception {
    try (ServedFlow served = ServedFlow.served(own.server(), "numbers", "py")) {
      CommandLineOf.Result good =
          Program.start(
                  folder,
                  server(),
                  "workflow",
                  "trigger",
                  "--name",
                  served.fullName(),
                  "--adapter",
                  "prefect",
                  "--param",
                  "numbers=[4, 5]")
              .await(LIMIT);
      CommandLineOf.Result bad =
          Program.start(
                  folder,
                  server(),
                  "workflow",
                  "trigger",
                  "--name",
                  "py",
                  "--adapter",
                  "prefect",
                  "--param",
                  "fail=true")
              .await(LIMIT);

      assertThat(good.out() + good.err())
          .contains("2 numbers to double", "twice 4 is 8", "the total is 18");
      assertThat(good.code()).as(good.out() + good.err()).isZero();
      assertThat(bad.out() + bad.err()).contains("told to fail");
      assertThat(bad.code()).isEqualTo(ExitCode.FAILED);
    }
  }

  private static void oneLine(CommandLineOf.Result result, String... words) {
    assertThat(result.code()).as(result.out() + result.err()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(result.err().lines()).as(result.err()).hasSize(1);
    assertThat(result.err()).startsWith("mahavishnu: ").contains(words);
  }

  private CommandLineOf.Result line(Map<String, String> variables, String... args) {
    return Program.start(folder, variables, args).await(LIMIT);
  }

  @Test
  void a_wrong_url_is_one_line_and_nothing_runs() {
    Map<String, String> nobody = Map.of("MAHAVISHNU_PREFECT__API_URL", "http://127.0.0.1:1/api");

    oneLine(
        line(nobody, "workflow", "trigger", "--name", "etl_pipeline", "--adapter", "prefect"),
        "127.0.0.1:1");
    assertThat(line(nobody, "run", "list", "--output", "json").out()).isEmpty();
    oneLine(line(nobody, "deployment", "list"), "127.0.0.1:1");
  }

  @Test
  void a_wrong_key_is_one_line_and_is_not_in_it() {
    RealPrefect guarded = RealPrefect.guarded();
    for (String setting : List.of("PREFECT_API_KEY", "PREFECT_API_AUTH_STRING")) {
      Map<String, String> wrong =
          Map.of(
              "MAHAVISHNU_PREFECT__API_URL", guarded.apiUrl().toString(), setting, "pnu_n0tth1s1");
      CommandLineOf.Result result =
          line(wrong, "workflow", "trigger", "--name", "etl_pipeline", "--adapter", "prefect");
      oneLine(result, "401", "prefect.api_key or prefect.auth_string");
      assertThat(result.err()).doesNotContain("n0tth1s1");
    }
    Map<String, String> right =
        Map.of(
            "MAHAVISHNU_PREFECT__API_URL",
            guarded.apiUrl().toString(),
            "PREFECT_API_AUTH_STRING",
            RealPrefect.AUTH_STRING);
    CommandLineOf.Result result =
        line(right, "workflow", "trigger", "--name", "etl_pipeline", "--adapter", "prefect");
    assertThat(result.code()).as(result.out() + result.err()).isZero();
  }
}
