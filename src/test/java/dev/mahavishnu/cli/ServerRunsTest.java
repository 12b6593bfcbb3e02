package dev.mahavishnu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.prefect.DeploymentDraft;
import dev.mahavishnu.prefect.DroppingProxy;
import dev.mahavishnu.prefect.FlowRuns;
import dev.mahavishnu.prefect.Flows;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.RealPrefect;
import dev.mahavishnu.prefect.ServerLogs;
import dev.mahavishnu.prefect.StateChange;
import dev.mahavishnu.prefect.TaskRuns;
import dev.mahavishnu.run.StateType;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Runs that a real server has, moved by hand, as our command line shows and commands them. */
final class ServerRunsTest {
  private static final Duration LONG = Duration.ofSeconds(90);
  private static final JsonMapper MAPPER = new JsonMapper();
  private static PrefectClient client;
  private static Flows.Flow flow;

  @TempDir Path folder;
  private CommandLineOf commands;

  @BeforeAll
  static void connect() {
    client = RealPrefect.open().client();
    flow = client.flows().ensure("runs-" + UUID.randomUUID(), List.of(), Map.of());
  }

  @AfterAll
  static void close() {
    if (client != null) {
      client.close();
    }
  }

  @BeforeEach
  void commands() {
    commands = commandsAt(RealPrefect.open().apiUrl());
  }

  private CommandLineOf commandsAt(URI url) {
    return new CommandLineOf(folder)
        .with("PREFECT_API_URL", url.toString())
        .with("MAHAVISHNU_PREFECT__TIMEOUT", "2m");
  }

  private static FlowRuns.FlowRun run(String name) {
    return client
        .flowRuns()
        .create(
            FlowRuns.Draft.of(flow.id())
                .name(name)
                .tags(List.of("tagged"))
                .parameters(JsonNodeFactory.instance.objectNode().put("day", "monday")));
  }

  private static String unique(String stem) {
    return stem + "-" + UUID.randomUUID();
  }

  private static void move(FlowRuns.FlowRun run, StateType type, String message) {
    assertThat(
            client
                .flowRuns()
                .setState(run.id(), StateChange.to(type).message(message))
                .isAccepted())
        .isTrue();
  }

  private static TaskRuns.TaskRun task(FlowRuns.FlowRun run, String key, StateType type) {
    return client
        .taskRuns()
        .create(TaskRuns.Draft.of(run.id(), key, "0").state(StateChange.to(type)));
  }

  private static void log(FlowRuns.FlowRun run, Optional<UUID> task, String text) {
    client
        .logs()
        .append(
            List.of(
                new ServerLogs.Line(
                    "test", ServerLogs.INFO, text, Instant.now(), Optional.of(run.id()), task)));
  }

  /** The command in the background. */
  private CompletableFuture<CommandLineOf.Result> begun(CommandLineOf with, String... words) {
    CompletableFuture<CommandLineOf.Result> result = new CompletableFuture<>();
    Thread.ofPlatform().daemon().start(() -> result.complete(with.run(words)));
    return result;
  }

  private static CommandLineOf.Result ended(CompletableFuture<CommandLineOf.Result> command)
      throws Exception {
    return command.get(LONG.toSeconds(), TimeUnit.SECONDS);
  }

  @Test
  void runs_are_listed_by_flow_and_state_newest_first_and_found_by_name_or_beginning() {
    FlowRuns.FlowRun first = run(unique("first"));
    FlowRuns.FlowRun second = run(unique("second"));
    move(second, StateType.RUNNING, "");
    move(second, StateType.COMPLETED, "");

    CommandLineOf.Result all =
        commands.run("run", "list", "--server", "--flow", flow.name(), "--limit", "0");
    CommandLineOf.Result json =
        commands.run(
            "run",
            "list",
            "--server",
            "--flow",
            flow.name(),
            "--state",
            "completed",
            "--output",
            "json");

    assertThat(all.lines().getFirst()).contains("RUN", "NAME", "FLOW", "STATE", "STARTED");
    assertThat(all.out()).contains(first.name(), second.name(), flow.name());
    assertThat(json.lines().stream().map(MAPPER::readTree))
        .allMatch(l -> l.path("state").asString().equals("COMPLETED"))
        .anyMatch(l -> l.path("run").asString().equals(second.id().toString()));
    String beginning = second.id().toString().substring(0, 13);
    for (String text : List.of(second.name(), beginning, second.id().toString())) {
      assertThat(commands.run("run", "show", "--server", text).out()).contains(second.name());
    }
    CommandLineOf.Result none = commands.run("run", "show", "--server", unique("none"));
    assertThat(none.err()).contains("no run `none-").contains("run list --server").hasLineCount(1);
    assertThat(none.code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void runs_of_one_name_are_not_confused() {
    String name = unique("twin");
    FlowRuns.FlowRun one = run(name);
    FlowRuns.FlowRun other = run(name);

    CommandLineOf.Result result = commands.run("run", "show", "--server", name);

    assertThat(result.err())
        .contains("is more than one run", one.id().toString(), other.id().toString());
    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void a_run_is_shown_with_its_tasks_and_its_log_and_what_they_say_can_not_move_the_cursor() {
    FlowRuns.FlowRun run = run(unique("shown"));
    move(run, StateType.RUNNING, "");
    TaskRuns.TaskRun load = task(run, "load", StateType.COMPLETED);
    log(run, Optional.of(load.id()), "red \u001b[31mtext\u001b[0m\nand more");
    log(run, Optional.empty(), "of the run");
    move(run, StateType.FAILED, "it \u001b[2Jbroke");

    CommandLineOf.Result shown = commands.run("run", "show", "--server", run.name());
    CommandLineOf.Result json =
        commands.run("run", "show", "--server", run.name(), "--output", "json");
    CommandLineOf.Result logs = commands.run("run", "logs", "--server", run.name());
    CommandLineOf.Result ofTask = commands.run("run", "logs", "--server", run.name(), "load");

    assertThat(shown.out())
        .contains("Failed: it broke", "day = \"monday\"", "tagged", "load-0", "/runs/flow-run/")
        .doesNotContain("\u001b[2J");
    JsonNode detail = MAPPER.readTree(json.out());
    assertThat(detail.path("state").asString()).isEqualTo("FAILED");
    assertThat(detail.path("tasks").path(0).path("task").asString()).isEqualTo("load-0");
    assertThat(detail.path("parameters").path("day").asString()).isEqualTo("monday");
    assertThat(logs.out())
        .contains("load-0 | red text", "load-0 | and more", "run | of the run")
        .doesNotContain("\u001b");
    assertThat(ofTask.out()).contains("red text").doesNotContain("of the run");
    assertThat(logs.code()).isEqualTo(ExitCode.COMPLETED);
  }

  @Test
  void a_watch_tells_each_state_once_waits_on_one_that_it_does_not_know_and_ends_with_the_run()
      throws Exception {
    FlowRuns.FlowRun run = run(unique("watched"));
    CompletableFuture<CommandLineOf.Result> watch =
        begun(commands, "run", "watch", "--server", run.id().toString());
    move(run, StateType.RUNNING, "");
    assertThat(
            client
                .flowRuns()
                .setState(run.id(), StateChange.to(StateType.RUNNING).named("Teleporting"))
                .isAccepted())
        .isTrue();
    TaskRuns.TaskRun load = task(run, "load", StateType.RUNNING);
    log(run, Optional.of(load.id()), "loading");
    client.taskRuns().setState(load.id(), StateChange.to(StateType.COMPLETED));
    move(run, StateType.COMPLETED, "");

    CommandLineOf.Result result = ended(watch);

    assertThat(result.code()).isEqualTo(ExitCode.COMPLETED);
    assertThat(result.out()).contains("load-0 completed", "load-0 | loading", "run completed");
    assertThat(result.out()).containsOnlyOnce("loading");
    assertThat(result.lines().getLast()).startsWith("Completed " + flow.name());
  }

  @Test
  void a_run_that_waits_for_a_person_ends_the_watch_in_5_and_goes_on_when_it_is_resumed()
      throws Exception {
    FlowRuns.FlowRun run = run(unique("asks"));
    move(run, StateType.RUNNING, "");

    CommandLineOf.Result paused = commands.run("run", "pause", "--server", run.name());
    CommandLineOf.Result watched = commands.run("run", "watch", "--server", run.name());
    CompletableFuture<CommandLineOf.Result> resumed =
        begun(commands, "run", "resume", "--server", run.name());

    assertThat(paused.out()).contains("is Paused: Paused by").contains("run resume --server");
    assertThat(paused.code()).isEqualTo(ExitCode.COMPLETED);
    assertThat(watched.out()).contains("it waits for a person; go on with: mahavishnu run resume");
    assertThat(watched.code()).isEqualTo(ExitCode.APPROVAL);
    Awaitility.await()
        .atMost(LONG)
        .until(
            () ->
                client
                    .flowRuns()
                    .find(run.id())
                    .flatMap(FlowRuns.FlowRun::state)
                    .filter(s -> s.type().equals("RUNNING") || s.type().equals("SCHEDULED"))
                    .isPresent());
    move(run, StateType.RUNNING, "");
    move(run, StateType.COMPLETED, "");
    assertThat(ended(resumed).code()).isEqualTo(ExitCode.COMPLETED);
    CommandLineOf.Result again = commands.run("run", "resume", "--server", run.name());
    assertThat(again.err()).contains("can't be resumed: ").hasLineCount(1);
    assertThat(again.code()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void a_run_is_cancelled_when_whoever_runs_it_has_ended_it() throws Exception {
    FlowRuns.FlowRun run = run(unique("cancelled"));
    move(run, StateType.RUNNING, "");
    CompletableFuture<CommandLineOf.Result> cancel =
        begun(commands, "run", "cancel", "--server", run.name());
    Awaitility.await()
        .atMost(LONG)
        .until(
            () ->
                client
                    .flowRuns()
                    .find(run.id())
                    .flatMap(FlowRuns.FlowRun::state)
                    .filter(s -> s.type().equals("CANCELLING"))
                    .isPresent());
    move(run, StateType.CANCELLED, "by the worker");

    CommandLineOf.Result result = ended(cancel);

    assertThat(result.out()).contains("run " + run.name() + " is Cancelled");
    assertThat(result.code()).isEqualTo(ExitCode.COMPLETED);
  }

  @Test
  void a_run_that_nobody_has_begun_is_cancelled_at_once() {
    FlowRuns.FlowRun run = run(unique("planned"));
    assertThat(
            client
                .flowRuns()
                .setState(run.id(), StateChange.scheduled(Instant.now().plusSeconds(3600)))
                .isAccepted())
        .isTrue();

    CommandLineOf.Result result = commands.run("run", "cancel", "--server", run.name());

    assertThat(result.out()).startsWith("run " + run.name() + " is Cancelled");
    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isEqualTo(ExitCode.COMPLETED);
  }

  @Test
  void runs_of_the_server_of_an_environment_are_shown_and_the_advice_names_it() throws Exception {
    FlowRuns.FlowRun run = run(unique("staged"));
    move(run, StateType.RUNNING, "");
    Files.createDirectories(folder.resolve("environments"));
    Files.writeString(
        folder.resolve("environments/staging.yaml"),
        "environment: staging\napi_url: " + RealPrefect.open().apiUrl() + "\n");
    CommandLineOf other = commandsAt(URI.create("http://127.0.0.1:9/api"));

    for (String verb : List.of("show", "logs")) {
      assertThat(other.run("run", verb, "--server", "--env", "staging", run.name()).code())
          .isEqualTo(ExitCode.COMPLETED);
    }
    assertThat(other.run("run", "list", "--server", "--env", "staging").out()).contains(run.name());
    CommandLineOf.Result paused =
        other.run("run", "pause", "--server", "--env", "staging", run.name());
    CommandLineOf.Result watched =
        other.run("run", "watch", "--server", "--env", "staging", run.name());
    CommandLineOf.Result here = other.run("run", "show", "--env", "staging", "last");

    String resume = "run resume --server --env staging " + run.id();
    assertThat(paused.out()).contains(resume);
    assertThat(watched.out()).contains(resume);
    assertThat(watched.code()).isEqualTo(ExitCode.APPROVAL);
    assertThat(here.err()).contains("--env says whose server").hasLineCount(1);
    assertThat(here.code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void a_server_that_goes_away_is_told_once_and_waited_for() throws Exception {
    FlowRuns.FlowRun run = run(unique("cut"));
    move(run, StateType.RUNNING, "");
    try (DroppingProxy way = new DroppingProxy(RealPrefect.open().apiUrl())) {
      CompletableFuture<CommandLineOf.Result> watch =
          begun(
              commandsAt(way.url()).with("MAHAVISHNU_PREFECT__MAX_RETRIES", "0"),
              "run",
              "watch",
              "--server",
              run.id().toString());
      awaitStreams(way);
      way.cut(true);
      int before = way.accepted();
      Awaitility.await().atMost(LONG).until(() -> way.accepted() > before + 2);
      task(run, "meanwhile", StateType.COMPLETED);
      log(run, Optional.empty(), "said meanwhile");
      way.reopen();
      move(run, StateType.COMPLETED, "");

      CommandLineOf.Result result = ended(watch);

      assertThat(result.out())
          .containsOnlyOnce("the server does not answer")
          .containsOnlyOnce("the server answers again")
          .contains("meanwhile-0 completed")
          .containsOnlyOnce("said meanwhile");
      assertThat(result.code()).isEqualTo(ExitCode.COMPLETED);
    }
  }

  @Test
  void a_planner_is_told_of_the_deployments_of_a_server_that_answers_and_waits_for_no_other()
      throws Exception {
    client.deployments().put(DeploymentDraft.of(flow.id(), unique("known")));
    try (Workbench bench = bench(RealPrefect.open().apiUrl());
        Workbench dead = bench(URI.create("http://127.0.0.1:9/api"));
        Workbench none = bench(URI.create(""))) {
      Awaitility.await()
          .atMost(LONG)
          .untilAsserted(
              () ->
                  assertThat(deployments(bench)).isNotEmpty().allMatch(name -> name.contains("/")));
      assertThat(deployments(dead)).isEmpty();
      assertThat(deployments(none)).isEmpty();
    }
  }

  private static List<String> deployments(Workbench bench) {
    return new WorkspaceSurroundings(bench, new KnownSecrets(bench)).deployments();
  }

  private Workbench bench(URI url) {
    return new Workbench(
        commandsAt(url).env(new ByteArrayOutputStream(), new ByteArrayOutputStream()));
  }

  @Test
  void a_run_that_is_deleted_while_it_is_watched_ends_the_watch() throws Exception {
    FlowRuns.FlowRun run = run(unique("deleted"));
    move(run, StateType.RUNNING, "");
    try (DroppingProxy way = new DroppingProxy(RealPrefect.open().apiUrl())) {
      CompletableFuture<CommandLineOf.Result> watch =
          begun(commandsAt(way.url()), "run", "watch", "--server", run.id().toString());
      awaitStreams(way);
      client.flowRuns().delete(run.id());

      CommandLineOf.Result result = ended(watch);

      assertThat(result.err()).contains("deleted on the server").hasLineCount(1);
      assertThat(result.code()).isEqualTo(ExitCode.UNREACHABLE);
    }
  }

  /** Each stream is a connection of its own, besides that of the calls. */
  private static void awaitStreams(DroppingProxy way) {
    Awaitility.await().atMost(LONG).until(() -> way.accepted() > 2);
  }
}
