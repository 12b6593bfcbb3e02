package dev.mahavishnu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.prefect.Deployments;
import dev.mahavishnu.prefect.Filter;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.RealPrefect;
import dev.mahavishnu.run.StateType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deployments and a worker, with the real program and a real server. */
final class WorkerShowsTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private static RealPrefect server;
  private static PrefectClient client;

  private final String pool = "jvm-" + UUID.randomUUID();
  @TempDir Path folder;

  @BeforeAll
  static void start() {
    server = RealPrefect.open();
    client = server.client();
  }

  @AfterAll
  static void end() {
    if (client != null) {
      client.close();
    }
  }

  private Program program(String... args) {
    return Program.start(
        folder, Map.of("MAHAVISHNU_PREFECT__API_URL", server.apiUrl().toString()), args);
  }

  private CommandLineOf.Result line(String... args) {
    return program(args).await(LIMIT);
  }

  private void done(String... args) {
    CommandLineOf.Result result = line(args);
    assertThat(result.code()).as(result.out() + result.err()).isZero();
  }

  private static void oneLine(CommandLineOf.Result result, String... words) {
    assertThat(result.code()).as(result.out() + result.err()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(result.err().lines()).as(result.err()).hasSize(1);
    assertThat(result.err()).startsWith("mahavishnu: ").contains(words);
  }

  @Test
  void a_deployment_is_scheduled_and_a_worker_runs_it_at_once() {
    done("deployment", "apply", "--name", "etl_pipeline", "--pool", pool, "--cron", "*/5 * * * *");
    UUID deployment =
        client
            .deployments()
            .filter(Filter.ALL.workPools(pool))
            .map(Deployments.Deployment::id)
            .findFirst()
            .orElseThrow();
    Filter scheduled = Filter.ALL.deploymentIds(deployment).flowRunStates(StateType.SCHEDULED);
    Awaitility.await("Scheduled runs")
        .atMost(LIMIT)
        .until(() -> client.flowRuns().count(scheduled) > 0);

    try (Program worker = program("worker", "start", "--pool", pool)) {
      CommandLineOf.Result result = line("deployment", "run", "etl_pipeline", "--watch");
      assertThat(result.code())
          .as(result.out() + result.err() + worker.out() + worker.err())
          .isZero();
      assertThat(result.out() + result.err())
          .contains("Completed", "2014 was the wettest of 4 years")
          .containsPattern("waited \\d+(\\.\\d+)?m?s from its trigger");
    }
  }

  @Test
  void a_paused_pool_is_one_line() {
    done("workpool", "create", pool);
    done("deployment", "apply", "--name", "etl_pipeline", "--pool", pool);
    done("workpool", "pause", pool);

    oneLine(line("deployment", "run", "etl_pipeline", "--watch"), pool, "paused");
    oneLine(
        line("workflow", "trigger", "--name", "etl_pipeline/etl_pipeline", "--adapter", "prefect"),
        pool,
        "paused");
  }

  @Test
  void a_worker_without_a_server_is_one_line() {
    oneLine(
        Program.start(
                folder,
                Map.of("MAHAVISHNU_PREFECT__API_URL", "http://127.0.0.1:1/api"),
                "worker",
                "start",
                "--pool",
                pool)
            .await(LIMIT),
        "127.0.0.1:1");
  }
}
