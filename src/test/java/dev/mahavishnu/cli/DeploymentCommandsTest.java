package dev.mahavishnu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.cli.CommandLineOf.Result;
import dev.mahavishnu.prefect.Automations;
import dev.mahavishnu.prefect.Deployments.Deployment;
import dev.mahavishnu.prefect.Filter;
import dev.mahavishnu.prefect.FlowRuns;
import dev.mahavishnu.prefect.FlowRuns.FlowRun;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.RealPrefect;
import dev.mahavishnu.prefect.Schedules.Schedule;
import dev.mahavishnu.prefect.StateChange;
import dev.mahavishnu.prefect.deploy.Bundle;
import dev.mahavishnu.run.StateType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Deployments and schedules by command lines, on a real server. */
final class DeploymentCommandsTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path folder;

  private final String flow =
      "dep_" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
  private final String pool = "pool-" + flow;
  private PrefectClient client;
  private CommandLineOf line;

  @BeforeEach
  void connect() throws IOException {
    RealPrefect server = RealPrefect.open();
    client = server.client();
    line =
        new CommandLineOf(folder)
            .with("MAHAVISHNU_PREFECT__API_URL", server.apiUrl().toString())
            .with("MAHAVISHNU_PREFECT__TIMEOUT", "2m");
    Files.createDirectories(folder.resolve("flows"));
    Files.writeString(folder.resolve("flows/load.sh"), "echo loaded\n");
    spec("");
  }

  @AfterEach
  void clean() {
    client.flows().find(flow).ifPresent(f -> client.flows().delete(f.id()));
    client.workPools().delete(pool);
    client.close();
  }

  private void spec(String more) throws IOException {
    Files.writeString(
        folder.resolve("flows/" + flow + ".yaml"),
        """
        flow: %s
        description: Loads a day
        parameters:
          - {name: day, type: date, default: "2026-11-24", description: Which day}
          - {name: n, type: integer, default: 3}
        tasks:
          - {id: load, type: shell, command: sh ./load.sh}
        %s
        """
            .formatted(flow, more));
  }

  private Result ok(String... args) {
    Result result = line.run(args);
    assertThat(result.code()).as(String.join(" ", args) + "\n" + result.err()).isZero();
    return result;
  }

  private Result apply(String... more) {
    String[] args = new String[3 + more.length];
    args[0] = "deployment";
    args[1] = "apply";
    args[2] = flow;
    System.arraycopy(more, 0, args, 3, more.length);
    return ok(args);
  }

  private Deployment there() {
    return client.deployments().find(flow, flow).orElseThrow();
  }

  private List<FlowRun> scheduled() {
    return client
        .flowRuns()
        .filter(Filter.ALL.deploymentIds(there().id()).flowRunStates(StateType.SCHEDULED))
        .toList();
  }

  @Test
  void a_flow_comes_to_the_server_with_a_pool_and_a_schedule_and_runs_are_scheduled() {
    Result dry = apply("--pool", pool, "--cron", "*/5 * * * *", "--dry-run");
    assertThat(client.deployments().find(flow, flow)).isEmpty();
    assertThat(client.workPools().find(pool)).isEmpty();

    Result applied = apply("--pool", pool, "--cron", "*/5 * * * *");
    assertThat(applied.lines()).startsWith(dry.lines().toArray(String[]::new));
    assertThat(applied.lines())
        .contains(
            "+ work pool " + pool + " (type mahavishnu)",
            "+ deployment " + flow + "/" + flow,
            "+   description: Loads a day",
            "+   work pool: " + pool,
            "+   file load.sh",
            "+   form of parameters: day, n",
            "+   schedule option-1: cron */5 * * * * (UTC)");
    Deployment there = there();
    assertThat(there.workPoolName()).isEqualTo(pool);
    assertThat(there.enforceParameterSchema()).isTrue();
    assertThat(there.parameterOpenapiSchema().at("/properties/day/format").asString())
        .isEqualTo("date");
    Bundle bundle = Bundle.among(there.pullSteps()).orElseThrow();
    assertThat(there.version()).isEqualTo(bundle.hash().substring(0, 12));
    Awaitility.await()
        .atMost(Duration.ofSeconds(120))
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() -> assertThat(scheduled()).isNotEmpty());
    assertThat(ok("deployment", "show", flow).out())
        .contains(
            "day = \"2026-11-24\" (default)", "cron */5 * * * * (UTC), next 20", "file load.sh");
    assertThat(ok("schedule", "list", flow).out()).contains("option-1", "active");
    assertThat(ok("deployment", "list").out()).contains(flow + "/" + flow, pool);
  }

  @Test
  void applying_again_changes_nothing_and_a_change_keeps_the_ids_of_schedules() throws IOException {
    spec("schedules: [{cron: '0 6 * * *', timezone: Europe/Berlin}, {every: 30m}]");
    apply("--pool", pool);
    Deployment first = there();
    assertThat(first.schedules()).extracting(Schedule::slug).containsOnly("flow-1", "flow-2");

    Result again = apply();
    assertThat(again.lines())
        .containsExactly("nothing to change: " + flow + "/" + flow + " is as it should be");
    assertThat(there().updated()).isEqualTo(first.updated());

    ok("schedule", "pause", flow, "--slug", "flow-1");
    ok("schedule", "set", flow, "--every", "1d", "--slug", "mine");
    spec("schedules: [{cron: '0 7 * * *', timezone: Europe/Berlin}]");
    Result changed = apply("--param", "n=4", "--tag", "a", "--concurrency", "2");
    assertThat(changed.lines())
        .contains(
            "~ deployment " + flow + "/" + flow,
            "+   parameter n: 4",
            "+   tags: a",
            "+   concurrency: 2",
            "-   schedule flow-1: cron 0 6 * * * (Europe/Berlin), paused",
            "+   schedule flow-1: cron 0 7 * * * (Europe/Berlin), paused")
        .contains("-   schedule flow-2: every 30m (UTC)")
        .noneMatch(l -> l.contains("mine"));
    Deployment second = there();
    assertThat(second.id()).isEqualTo(first.id());
    assertThat(second.schedules()).extracting(Schedule::slug).containsOnly("flow-1", "mine");
    assertThat(id(second, "flow-1")).isEqualTo(id(first, "flow-1"));
    assertThat(second.schedules())
        .filteredOn(s -> s.slug().equals("flow-1"))
        .noneMatch(Schedule::active);
    assertThat(apply().out()).startsWith("nothing to change");
    assertThat(apply("--concurrency", "0").lines()).contains("-   concurrency: 2");
    assertThat(there().parameters()).isEqualTo(JSON.readTree("{\"n\": 4}"));
  }

  private static UUID id(Deployment deployment, String slug) {
    return deployment.schedules().stream()
        .filter(s -> s.slug().equals(slug))
        .map(Schedule::id)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void a_changed_flow_shows_what_changes_in_it() throws IOException {
    apply("--pool", pool);
    Files.writeString(folder.resolve("flows/load.sh"), "echo other\n");
    spec("timeout: 5m");
    Result result = apply();
    assertThat(result.lines()).contains("~   file load.sh", "      + timeout: 5m");
    JsonNode json = JSON.readTree(apply("--output", "json").out());
    assertThat(json.path("changes")).isEmpty();
    assertThat(json.path("content_hash").asString())
        .isEqualTo(Bundle.hashAmong(there().pullSteps()).orElseThrow());
  }

  @Test
  void several_who_apply_at_once_come_to_the_same() {
    List<CompletableFuture<Result>> all =
        IntStream.range(0, 3)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> apply("--pool", pool, "--cron", "0 5 * * *")))
            .toList();
    all.forEach(CompletableFuture::join);
    assertThat(there().schedules()).extracting(Schedule::slug).containsExactly("option-1");
    assertThat(apply("--cron", "0 5 * * *").out()).startsWith("nothing to change");
  }

  @Test
  void what_can_not_be_is_refused_before_anything_is_sent() {
    assertThat(line.run("deployment", "apply", flow).err())
        .contains("say which work pool", "prefect.work_pool");
    refused("no parameter `m`", "--param", "m=1");
    refused("expected integer, got \"x\"", "--param", "n=x");
    refused("none of / % & < >", "--deployment-name", "a/b");
    refused("none of / % & < >", "--pool", "a%b");
    refused("unknown time zone", "--cron", "0 5 * * *", "--timezone", "Mars/Phobos");
    refused("is not a duration", "--every", "sometimes");
    refused("--anchor belongs", "--anchor", "2026-01-01T00:00:00Z");
    assertThat(client.flows().find(flow)).isEmpty();
    assertThat(client.workPools().find(pool)).isEmpty();
  }

  private void refused(String why, String... more) {
    String[] args = new String[5 + more.length];
    System.arraycopy(new String[] {"deployment", "apply", flow, "--queue", "q"}, 0, args, 0, 5);
    System.arraycopy(more, 0, args, 5, more.length);
    Result result = line.with("MAHAVISHNU_PREFECT__WORK_POOL", pool).run(args);
    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err()).contains(why);
  }

  @Test
  void a_deployment_runs_when_it_is_told_to_and_not_while_it_or_its_pool_rests() {
    apply("--pool", pool);
    JsonNode made =
        JSON.readTree(ok("deployment", "run", flow, "--param", "n=7", "--output", "json").out());
    FlowRun run =
        client.flowRuns().find(UUID.fromString(made.path("run").asString())).orElseThrow();
    assertThat(run.parameters().path("n").asInt()).isEqualTo(7);
    assertThat(run.deploymentId()).contains(there().id());
    assertThat(ok("deployment", "run", flow + "/" + flow, "--at", "1h").out())
        .contains("not before");

    Result bad = line.run("deployment", "run", flow, "--param", "n=seven");
    assertThat(bad.code()).isEqualTo(ExitCode.USAGE);
    assertThat(bad.err()).contains("seven");
    assertThat(line.run("deployment", "run", flow, "--param", "m=1").err())
        .contains("no parameter `m`");

    int runs = client.flowRuns().count(Filter.ALL.deploymentIds(there().id()));
    ok("deployment", "pause", flow);
    assertThat(line.run("deployment", "run", flow).err()).contains("is paused").hasLineCount(1);
    ok("deployment", "resume", flow);
    client.workPools().pause(pool);
    Result rests = line.run("deployment", "run", flow);
    assertThat(rests.code()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(rests.err()).contains("work pool " + pool, "is paused").hasLineCount(1);
    assertThat(client.flowRuns().count(Filter.ALL.deploymentIds(there().id()))).isEqualTo(runs);

    ok("deployment", "delete", flow);
    Result gone = line.run("deployment", "run", flow);
    assertThat(gone.code()).isEqualTo(ExitCode.USAGE);
    assertThat(gone.err()).contains("no deployment `" + flow + "`");
  }

  @Test
  void schedules_are_set_changed_paused_and_deleted() {
    apply("--pool", pool);
    assertThat(
            ok(
                    "schedule",
                    "set",
                    flow,
                    "--cron",
                    "0 6 1 * 1",
                    "--day-or",
                    "false",
                    "--timezone",
                    "Europe/Berlin")
                .out())
        .contains("added main of", "cron 0 6 1 * 1 (Europe/Berlin), both days");
    UUID id = id(there(), "main");
    assertThat(
            ok("schedule", "set", flow, "--every", "2h", "--anchor", "2026-01-01T06:00:00Z").out())
        .contains("changed main of", "became every 2h from 2026-01-01T06:00:00Z (UTC)");
    assertThat(id(there(), "main")).isEqualTo(id);
    assertThat(
            ok("schedule", "set", flow, "--every", "120m", "--anchor", "2026-01-01T06:00:00Z")
                .out())
        .startsWith("nothing to change");
    ok("schedule", "set", flow, "--rrule", "FREQ=WEEKLY;BYDAY=MO", "--slug", "weekly");
    assertThat(line.run("schedule", "pause", flow).err()).contains("2 schedules; say --slug");
    ok("schedule", "pause", flow, "--slug", "weekly");
    assertThat(ok("schedule", "list", flow, "--output", "json").lines())
        .hasSize(2)
        .anyMatch(l -> l.contains("FREQ=WEEKLY;BYDAY=MO") && l.contains("\"active\":false"));
    ok("schedule", "resume", flow, "--slug", "weekly");
    ok("schedule", "delete", flow, "--slug", "weekly");
    assertThat(line.run("schedule", "delete", flow, "--slug", "weekly").code())
        .isEqualTo(ExitCode.USAGE);
    assertThat(there().schedules()).extracting(Schedule::slug).containsExactly("main");
  }

  @Test
  void one_flow_runs_when_another_has_ended_with_its_parameters() throws IOException {
    String first = flow + "_first";
    String trigger =
        "triggers: [{after: %s, parameters: [{name: n, value: '${{ run.params.rows }}'},"
            + " {name: day, value: '2026-01-01'}]}]";
    spec(trigger.formatted(first));
    Result applied = apply("--pool", pool);
    assertThat(applied.lines()).contains("+   trigger after " + first + " Completed with n, day");
    assertThat(apply().out()).startsWith("nothing to change");

    UUID other = client.flows().find(first).orElseThrow().id();
    try {
      FlowRun ended =
          client
              .flowRuns()
              .create(
                  FlowRuns.Draft.of(other)
                      .parameters(JSON.readTree("{\"rows\": 12, \"x\": \"y\"}")));
      client.flowRuns().setState(ended.id(), StateChange.to(StateType.RUNNING));
      client.flowRuns().setState(ended.id(), StateChange.to(StateType.COMPLETED));
      Awaitility.await()
          .atMost(Duration.ofSeconds(120))
          .pollInterval(Duration.ofSeconds(1))
          .untilAsserted(() -> assertThat(scheduled()).hasSize(1));
      assertThat(scheduled().getFirst().parameters())
          .isEqualTo(JSON.readTree("{\"n\": 12, \"day\": \"2026-01-01\"}"));

      spec(trigger.formatted(first).replace("{after", "{state: failed, after"));
      assertThat(apply().lines())
          .contains(
              "-   trigger " + flow + "/" + flow + " after " + first + " (completed)",
              "+   trigger after " + first + " Failed/TimedOut with n, day");
      assertThat(ours()).hasSize(1);
      ok("deployment", "delete", flow);
      assertThat(ours()).isEmpty();
    } finally {
      client.flows().delete(other);
    }
  }

  private List<Automations.Automation> ours() {
    return client.automations().list().filter(a -> a.name().startsWith(flow + "/")).toList();
  }

  @Test
  void what_a_server_can_not_pass_from_one_flow_to_another_is_refused() throws IOException {
    spec("triggers: [{after: other, parameters: [{name: n, value: '${{ run.outputs.rows }}'}]}]");
    Result result = line.run("deployment", "apply", flow, "--pool", pool);
    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err()).contains("after `other` gives `n` a value that a server can't make");
  }

  @Test
  void a_server_that_is_not_there_is_one_line_and_exit_4() {
    Result result =
        line.with("MAHAVISHNU_PREFECT__API_URL", "http://127.0.0.1:9/api")
            .with("MAHAVISHNU_PREFECT__MAX_RETRIES", "0")
            .run("deployment", "apply", flow, "--pool", pool);
    assertThat(result.code()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(result.err()).hasLineCount(1);
  }
}
