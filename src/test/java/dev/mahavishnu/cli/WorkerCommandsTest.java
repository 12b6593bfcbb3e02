package dev.mahavishnu.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mahavishnu.cli.CommandLineOf.Result;
import dev.mahavishnu.expr.Expressions;
import dev.mahavishnu.prefect.DeploymentDraft;
import dev.mahavishnu.prefect.Deployments;
import dev.mahavishnu.prefect.Filter;
import dev.mahavishnu.prefect.FlowRuns.FlowRun;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.RealPrefect;
import dev.mahavishnu.prefect.ServerState;
import dev.mahavishnu.prefect.StateChange;
import dev.mahavishnu.prefect.WorkPools;
import dev.mahavishnu.prefect.deploy.Bundle;
import dev.mahavishnu.run.StateType;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.spec.FlowSource;
import dev.mahavishnu.spec.ReadResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Workers as people start them, with flows that travel in deployments, on a real server. */
final class WorkerCommandsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path folder;

  private final String pool = "pool-" + UUID.randomUUID();
  private PrefectClient client;
  private CommandLineOf line;
  private Map<String, String> variables;

  @BeforeEach
  void connect() {
    RealPrefect server = RealPrefect.open();
    client = server.client();
    variables =
        Map.of(
            "MAHAVISHNU_PREFECT__API_URL",
            server.apiUrl().toString(),
            "MAHAVISHNU_PREFECT__TIMEOUT",
            "2m",
            "OUT",
            folder.resolve("effects").toString());
    line = new CommandLineOf(folder);
    variables.forEach(line::with);
  }

  @AfterEach
  void clean() {
    client.workPools().delete(pool);
    client.close();
  }

  private Result ok(String... args) {
    Result result = line.run(args);
    assertThat(result.code()).as(String.join(" ", args) + "\n" + result.err()).isZero();
    return result;
  }

  private Program worker(String workspace, String... more) throws IOException {
    Path place = Files.createDirectories(folder.resolve(workspace));
    Files.createDirectories(place.resolve("flows"));
    List<String> args = new java.util.ArrayList<>(List.of("worker", "start", "--pool", pool));
    args.addAll(List.of(more));
    if (!args.contains("--heartbeat")) {
      args.addAll(List.of("--heartbeat", "2"));
    }
    return Program.start(place, variables, args.toArray(String[]::new));
  }

  private UUID deployed(String spec) {
    ReadResult read =
        new FlowReader(new Expressions()).read("flow.yaml", spec, folder.resolve("none"));
    assertThat(read).isInstanceOf(ReadResult.Valid.class);
    FlowSource source = ((ReadResult.Valid) read).source();
    return deployed(source.flow().name(), Bundle.of(source, _ -> Optional.empty()).pullSteps());
  }

  private UUID deployed(String flow, tools.jackson.databind.JsonNode pullSteps) {
    UUID id = client.flows().ensure(flow, List.of(), Map.of()).id();
    return client
        .deployments()
        .put(
            DeploymentDraft.of(id, pool)
                .with(DeploymentDraft.Change.NOTHING.workPool(pool).pullSteps(pullSteps)))
        .id();
  }

  private UUID trigger(UUID deployment) {
    return client.deployments().run(deployment, Deployments.RunDraft.now()).id();
  }

  private ServerState state(UUID run) {
    return client.flowRuns().find(run).flatMap(FlowRun::state).orElseThrow();
  }

  private void awaitState(UUID run, StateType type) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(300))
        .untilAsserted(() -> assertThat(state(run).type()).isEqualTo(type.name()));
  }

  private List<String> effects() {
    try {
      Path file = folder.resolve("effects");
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void pools_are_made_listed_shown_paused_and_deleted() {
    assertThat(ok("workpool", "create", pool, "--limit", "3").out())
        .contains("worker start --pool " + pool);
    assertThat(ok("workpool", "list").out()).contains(pool);
    Result shown = ok("workpool", "show", pool);
    assertThat(shown.lines().getFirst())
        .isEqualTo("work pool " + pool + " of type mahavishnu, NOT_READY, at most 3 at a time");
    assertThat(shown.out()).contains("no worker: ", "default", "nothing runs", "nothing waits");
    assertThat(ok("workpool", "pause", pool).out()).contains("is paused");
    tools.jackson.databind.JsonNode json =
        JSON.readTree(ok("workpool", "show", pool, "--output", "json").out());
    assertThat(json.path("paused").asBoolean()).isTrue();
    assertThat(json.path("limit").asInt()).isEqualTo(3);
    assertThat(json.path("queues").size()).isEqualTo(1);
    assertThat(ok("workpool", "resume", pool).out()).contains("is resumed");
    assertThat(ok("worker", "list", "--pool", pool).err()).contains("No worker is known");
    assertThat(ok("workpool", "delete", pool).out()).contains("is deleted");
    Result gone = line.run("worker", "start", "--pool", pool);
    assertThat(gone.err()).contains("no work pool", "workpool create " + pool);
    assertThat(gone.code()).isEqualTo(ExitCode.UNREACHABLE);
  }

  @Test
  void a_pool_of_another_type_is_not_served() {
    client.workPools().create(pool, "process", WorkPools.Change.NOTHING);
    Result refused = line.run("worker", "start", "--pool", pool);
    assertThat(refused.err()).contains("is of type process");
    assertThat(refused.code()).isEqualTo(ExitCode.UNREACHABLE);
  }

  @Test
  void a_deployed_flow_is_run_with_its_parameters_and_what_can_not_be_is_told() throws Exception {
    ok("workpool", "create", pool);
    UUID good =
        deployed(
            """
            flow: greeting
            parameters:
              - {name: who, type: string}
            tasks:
              - {id: say, type: shell, command: 'echo "hello ${{ params.who }}" >> "$OUT"'}
            """);
    UUID python = deployed("python", JSON.createArrayNode());
    UUID bad = deployed("bad", JSON.readTree("[{\"mahavishnu.bundle\": {\"hash\": \"x\"}}]"));
    try (Program worker = worker("one")) {
      UUID run =
          client
              .deployments()
              .run(good, Deployments.RunDraft.now().parameters(JSON.readTree("{\"who\": \"you\"}")))
              .id();
      awaitState(run, StateType.COMPLETED);
      assertThat(effects()).containsExactly("hello you");
      UUID without = trigger(good);
      awaitState(without, StateType.FAILED);
      assertThat(state(without).message()).contains("who");
      UUID notOurs = trigger(python);
      awaitState(notOurs, StateType.CRASHED);
      assertThat(state(notOurs).message()).contains("holds no flow", "deployment apply");
      UUID broken = trigger(bad);
      awaitState(broken, StateType.CRASHED);
      assertThat(ok("worker", "list", "--pool", pool).out()).contains("ONLINE");
      worker.signal("TERM");
      assertThat(worker.await(PATIENCE).code()).isZero();
      assertThat(worker.out()).contains("begins as run", "has stopped");
    }
  }

  private static final String STEPS =
      """
      flow: steps
      tasks:
        - {id: first, type: shell, command: 'echo first >> "$OUT"'}
        - id: second
          type: shell
          depends_on: [first]
          command: 'echo second >> "$OUT"; for i in $(seq 600); do test -f "$OUT.go" && exit 0; sleep 0.1; done; exit 1'
        - {id: third, type: shell, command: 'echo third >> "$OUT"', depends_on: [second]}
      """;

  private void awaitEffect(String effect, int times) {
    await()
        .atMost(PATIENCE)
        .until(() -> effects().stream().filter(effect::equals).count() == times);
  }

  @Test
  void what_a_worker_was_at_when_it_was_killed_goes_on_with_the_next() throws Exception {
    ok("workpool", "create", pool);
    UUID deployment = deployed(STEPS);
    UUID run;
    try (Program killed = worker("one")) {
      run = trigger(deployment);
      awaitEffect("second", 1);
      awaitState(run, StateType.RUNNING); // What was not told of it is told by the heir.
      killed.kill();
    }
    try (Program heir = worker("one")) {
      awaitEffect("second", 2);
      Files.createFile(folder.resolve("effects.go"));
      awaitState(run, StateType.COMPLETED);
      assertThat(effects()).containsExactly("first", "second", "second", "third");
      assertThat(heir.out()).contains("died while it ran this", "resumes run", ": 1 of 3 done");
      assertThat(client.flowRuns().states(run))
          .extracting(ServerState::type)
          .containsSubsequence("RUNNING", "CRASHED", "PENDING", "RUNNING", "COMPLETED");
    }
  }

  @Test
  void a_worker_that_is_stopped_hands_back_what_can_not_finish() throws Exception {
    ok("workpool", "create", pool);
    UUID deployment = deployed(STEPS);
    UUID run;
    try (Program first = worker("one", "--grace", "1")) {
      run = trigger(deployment);
      awaitEffect("second", 1);
      first.signal("TERM");
      Result ended = first.await(PATIENCE);
      assertThat(ended.code()).isZero();
      assertThat(ended.out()).contains("takes nothing new", "is handed back: 1 of 3 done");
    }
    assertThat(state(run).name()).isEqualTo("AwaitingRetry");
    try (Program next = worker("one")) {
      awaitEffect("second", 2);
      Files.createFile(folder.resolve("effects.go"));
      awaitState(run, StateType.COMPLETED);
      assertThat(effects()).containsExactly("first", "second", "second", "third");
      next.awaitOutput("resumes run", PATIENCE);
    }
  }

  @Test
  void a_worker_s_run_that_is_suspended_and_resumed_from_here_is_given_to_a_worker_again()
      throws Exception {
    ok("workpool", "create", pool);
    UUID deployment = deployed(STEPS);
    try (Program worker = worker("one")) {
      UUID run = trigger(deployment);
      awaitEffect("second", 1);
      awaitState(run, StateType.RUNNING);
      // As Prefect's pages suspend it.
      StateChange suspended =
          StateChange.paused(
              java.time.Instant.now().plus(PATIENCE), UUID.randomUUID().toString(), true);
      assertThat(client.flowRuns().setState(run, suspended).isAccepted()).isTrue();
      worker.awaitOutput("is Suspended", PATIENCE);
      assertThat(state(run).type()).isEqualTo(StateType.PAUSED.name());
      Files.createFile(folder.resolve("effects.go"));
      ok("run", "resume", "--server", run.toString(), "--no-wait");
      awaitState(run, StateType.COMPLETED);
      worker.awaitOutput("resumes run", PATIENCE);
      assertThat(effects()).containsExactly("first", "second", "second", "third");
    }
  }

  @Test
  void two_workers_run_each_of_thirty_once() throws Exception {
    ok("workpool", "create", pool);
    UUID deployment =
        deployed(
            """
            flow: once
            parameters:
              - {name: n, type: integer}
            tasks:
              - {id: say, type: shell, command: 'echo ${{ params.n }} >> "$OUT"'}
            """);
    List<UUID> runs =
        IntStream.range(0, 30)
            .mapToObj(
                n ->
                    client
                        .deployments()
                        .run(
                            deployment,
                            Deployments.RunDraft.now()
                                .parameters(JSON.readTree("{\"n\": " + n + "}")))
                        .id())
            .toList();
    // Whose heart is not heard for three beats is dead, and a busy server may not hear for seconds.
    try (Program one = worker("one", "--limit", "2", "--heartbeat", "10");
        Program two = worker("two", "--limit", "2", "--heartbeat", "10")) {
      await()
          .atMost(Duration.ofMinutes(10))
          .pollInterval(Duration.ofSeconds(1))
          .until(
              () ->
                  client
                          .flowRuns()
                          .count(Filter.ALL.workPools(pool).flowRunStates(StateType.COMPLETED))
                      == runs.size());
      assertThat(effects())
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, 30).mapToObj(String::valueOf).toList());
      assertThat(one.out()).contains("begins as run");
      assertThat(two.out()).contains("begins as run");
    }
  }
}
