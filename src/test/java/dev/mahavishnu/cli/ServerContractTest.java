package dev.mahavishnu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.prefect.Deployments;
import dev.mahavishnu.prefect.Filter;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.RealPrefect;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.RunSummary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What flows come to when a server's work pool gives them to a worker: the same as on the embedded
 * engine, and the server says what the journal says. All are deployed from one workspace and run in
 * another.
 */
final class ServerContractTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String TAG = UUID.randomUUID().toString().substring(0, 8);
  private static final String POOL = "contract-" + TAG;

  @TempDir static Path folder;

  private static PrefectClient client;
  private static Program worker;
  private static final Map<String, UUID> FIRST = new HashMap<>();

  static List<ContractCase> cases() {
    return ContractCase.all().stream().map(c -> c.named(c.name() + "_" + TAG)).toList();
  }

  @BeforeAll
  static void start() throws IOException {
    RealPrefect server = RealPrefect.open();
    client = server.client();
    Map<String, String> variables =
        Map.of("MAHAVISHNU_PREFECT__API_URL", server.apiUrl().toString());
    CommandLineOf commands =
        new CommandLineOf(Files.createDirectories(folder.resolve("here")))
            .with("MAHAVISHNU_PREFECT__API_URL", server.apiUrl().toString());
    cases().forEach(c -> c.write(folder.resolve("here")));
    for (ContractCase each : cases()) {
      CommandLineOf.Result applied =
          commands.run("deployment", "apply", "--name", each.name(), "--pool", POOL);
      assertThat(applied.code()).as(applied.out() + applied.err()).isZero();
      FIRST.put(each.name(), trigger(each));
    }
    worker =
        Program.start(
            Files.createDirectories(folder.resolve("there")),
            variables,
            "worker",
            "start",
            "--pool",
            POOL);
  }

  @AfterAll
  static void end() {
    if (worker != null) {
      worker.close();
    }
    if (client != null) {
      client.close();
    }
  }

  private static UUID trigger(ContractCase what) {
    Deployments.Deployment deployment =
        client
            .deployments()
            .filter(Filter.ALL.flowNames(what.name()))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no deployment of " + what.name()));
    return client
        .deployments()
        .run(deployment.id(), Deployments.RunDraft.now().parameters(what.parameters()))
        .id();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void a_run_comes_to_what_is_promised_and_the_server_knows(ContractCase expected) {
    UUID run = FIRST.get(expected.name());
    awaitEnd(run);
    for (int i = 1; i < expected.times(); i++) {
      run = trigger(expected);
      awaitEnd(run);
    }

    Ended wanted = Ended.of(expected);
    UUID last = run;
    assertThat(journal(last)).isEqualTo(wanted);
    // Task runs are recorded by the server in its own time.
    Awaitility.await()
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(Ended.of(client, last)).isEqualTo(wanted.withoutOutputs()));
  }

  private static void awaitEnd(UUID run) {
    Awaitility.await()
        .atMost(LIMIT)
        .failFast("the worker ended: " + worker.out() + worker.err(), () -> !worker.isAlive())
        .untilAsserted(
            () ->
                assertThat(client.flowRuns().states(run))
                    .as(() -> "states of " + run + "; the worker: " + worker.out() + worker.err())
                    .matches(all -> all.getLast().isFinal(), "the last is final"));
  }

  /** What the worker's journal says of the server's flow run. */
  private static Ended journal(UUID flowRun) {
    Env env =
        new CommandLineOf(folder.resolve("there"))
            .env(new ByteArrayOutputStream(), new ByteArrayOutputStream());
    try (Workbench bench = new Workbench(env);
        Stream<RunSummary> runs = bench.store().history().list()) {
      Optional<RunId> run =
          runs.map(RunSummary::run)
              .filter(
                  id ->
                      bench
                          .store()
                          .history()
                          .fold(id)
                          .orElseThrow()
                          .created()
                          .requester()
                          .equals("prefect:" + flowRun))
              .findFirst();
      return Ended.of(bench.store().history(), run.orElseThrow());
    }
  }
}
