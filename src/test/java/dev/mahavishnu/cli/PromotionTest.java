package dev.mahavishnu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.cli.CommandLineOf.Result;
import dev.mahavishnu.prefect.Deployments.Deployment;
import dev.mahavishnu.prefect.FlowRuns;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.PrefectSettings;
import dev.mahavishnu.prefect.RealPrefect;
import dev.mahavishnu.prefect.Schedules.Schedule;
import dev.mahavishnu.prefect.StateChange;
import dev.mahavishnu.prefect.deploy.Bundle;
import dev.mahavishnu.prefect.deploy.Evidence;
import dev.mahavishnu.run.StateType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From one real server to another that wants a password. */
final class PromotionTest {
  @TempDir Path folder;

  private final String flow =
      "pro_" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
  private PrefectClient staging;
  private PrefectClient prod;
  private CommandLineOf line;

  @BeforeEach
  void connect() throws IOException {
    RealPrefect open = RealPrefect.open();
    RealPrefect guarded = RealPrefect.guarded();
    staging = open.client();
    write(
        "environments/staging.yaml",
        "environment: staging\napi_url: "
            + open.apiUrl()
            + "\npool: "
            + flow
            + "\nparameters: {out: /staging}\nschedules: off\n");
    write(
        "environments/prod.yaml",
        "environment: prod\napi_url: "
            + guarded.apiUrl()
            + "\nauth_string: env:PREFECT_PROD_AUTH\npool: prod-"
            + flow
            + "\nparameters: {out: /prod}\nconcurrency: 1\nschedules: on\n");
    line =
        new CommandLineOf(folder)
            .with("PREFECT_PROD_AUTH", RealPrefect.AUTH_STRING)
            .with("MAHAVISHNU_PREFECT__TIMEOUT", "2m");
    prod = new PrefectClient(settings(guarded));
    spec("echo 1");
  }

  private static PrefectSettings settings(RealPrefect guarded) {
    Map<String, String> variables =
        Map.of(
            "PREFECT_API_URL",
            guarded.apiUrl().toString(),
            "PREFECT_API_AUTH_STRING",
            RealPrefect.AUTH_STRING);
    return PrefectSettings.resolve(
        PrefectSettings.Configured.NOTHING,
        name -> java.util.Optional.ofNullable(variables.get(name)),
        Path.of("/nonexistent"));
  }

  @AfterEach
  void clean() {
    staging.flows().find(flow).ifPresent(f -> staging.flows().delete(f.id()));
    staging.workPools().delete(flow);
    staging.close();
    prod.close();
  }

  private void write(String file, String text) throws IOException {
    Files.createDirectories(folder.resolve(file).getParent());
    Files.writeString(folder.resolve(file), text);
  }

  private void spec(String command) throws IOException {
    write(
        "flows/" + flow + ".yaml",
        """
        flow: %s
        parameters: [{name: out, type: string, default: ""}]
        tasks: [{id: t, type: shell, command: %s}]
        schedules: [{cron: "0 6 * * *"}]
        """
            .formatted(flow, command));
  }

  private Result ok(String... args) {
    Result result = line.run(args);
    assertThat(result.code()).as(result.err()).isZero();
    return result;
  }

  private Result promote() {
    return line.run("deployment", "promote", flow, "--from", "staging", "--to", "prod");
  }

  /** By a worker, as people do. */
  private void runInStaging() throws Exception {
    Map<String, String> variables =
        Map.of("MAHAVISHNU_PREFECT__API_URL", RealPrefect.open().apiUrl().toString());
    try (Program _ = Program.start(folder, variables, "worker", "start", "--pool", flow)) {
      Result result = line.run("deployment", "run", flow, "--env", "staging", "--watch");
      assertThat(result.code()).as(result.out() + result.err()).isZero();
    }
  }

  private void ran(String hash, StateType state) {
    UUID id = staging.flows().find(flow).orElseThrow().id();
    staging
        .flowRuns()
        .create(
            FlowRuns.Draft.of(id)
                .labels(Map.of(Evidence.LABEL, hash))
                .state(StateChange.to(state)));
  }

  @Test
  void only_what_completed_in_one_environment_goes_to_the_next_and_it_is_the_same()
      throws Exception {
    ok("deployment", "apply", flow, "--env", "staging");
    Deployment tested = staging.deployments().find(flow, flow).orElseThrow();
    assertThat(tested.parameters().path("out").asString()).isEqualTo("/staging");
    assertThat(tested.schedules()).noneMatch(Schedule::active);
    String hash = Bundle.hashAmong(tested.pullSteps()).orElseThrow();

    Result never = promote();
    assertThat(never.code()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(never.err())
        .contains("never completed in staging (it never ran there)")
        .hasLineCount(1);
    ran(hash, StateType.FAILED);
    ran("0".repeat(64), StateType.COMPLETED);
    assertThat(promote().err()).contains("(its runs: 1 Failed)");
    assertThat(prod.deployments().find(flow, flow)).isEmpty();

    runInStaging();
    // The file on disk is another one by now.
    spec("echo 2");
    Result promoted = promote();
    assertThat(promoted.code()).as(promoted.err()).isZero();
    assertThat(promoted.lines())
        .anyMatch(
            l ->
                l.startsWith("content " + hash.substring(0, 12))
                    && l.contains("completed in staging as"))
        .contains(
            "+ work pool prod-" + flow + " (type mahavishnu)",
            "+   parameter out: \"/prod\"",
            "+   concurrency: 1",
            "+   schedule flow-1: cron 0 6 * * * (UTC)");
    Deployment there = prod.deployments().find(flow, flow).orElseThrow();
    assertThat(Bundle.hashAmong(there.pullSteps())).contains(hash);
    assertThat(there.schedules()).hasSize(1).allMatch(Schedule::active);
    assertThat(promote().out()).contains("nothing to change");

    ok("deployment", "apply", flow, "--env", "staging");
    assertThat(promote().err()).contains("never completed in staging");
    assertThat(Bundle.hashAmong(prod.deployments().find(flow, flow).orElseThrow().pullSteps()))
        .contains(hash);
  }

  @Test
  void one_server_is_no_two_environments() throws IOException {
    write(
        "environments/other.yaml",
        Files.readString(folder.resolve("environments/staging.yaml"))
            .replace("environment: staging", "environment: other"));
    Result same = line.run("deployment", "promote", flow, "--from", "staging", "--to", "other");
    assertThat(same.code()).isEqualTo(ExitCode.USAGE);
    assertThat(same.err()).contains("are the same server");
    Result wrong =
        line.with("PREFECT_PROD_AUTH", "admin:wrong").run("deployment", "list", "--env", "prod");
    assertThat(wrong.code()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(wrong.err()).hasLineCount(1).doesNotContain("wrong");
  }
}
