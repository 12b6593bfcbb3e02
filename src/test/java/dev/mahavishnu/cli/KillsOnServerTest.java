package dev.mahavishnu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.prefect.Deployments;
import dev.mahavishnu.prefect.Filter;
import dev.mahavishnu.prefect.FlowRuns;
import dev.mahavishnu.prefect.OwnPrefect;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.RealPrefect;
import dev.mahavishnu.prefect.ServerState;
import dev.mahavishnu.prefect.TaskRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

/** The program, a worker, or the server of one is killed with -9 in the middle of a run. */
final class KillsOnServerTest {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  /** Its second task lasts until it is let go; each writes down that it ran. */
  private static final String SLOW =
      """
      flow: FLOW
      parameters:
        - {name: dir, type: string}
      tasks:
        - id: first
          type: shell
          command: echo first >> ${{ params.dir }}/log
        - id: long
          type: shell
          depends_on: [first]
          command: |
            dir=${{ params.dir }}
            echo >> "$dir/started"
            i=0
            while [ ! -e "$dir/enough" ] && [ $i -lt 1200 ]; do sleep 0.1; i=$((i + 1)); done
            echo long >> "$dir/log"
        - id: after
          type: shell
          depends_on: [long]
          command: echo after >> ${{ params.dir }}/log
      """;

  private static OwnPrefect own;
  private static PrefectClient client;

  private final String flow = "slow_" + UUID.randomUUID().toString().substring(0, 8);
  @TempDir Path folder;
  private Path dir;

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

  @BeforeEach
  void workspace() throws IOException {
    Files.createDirectories(folder.resolve("here/flows"));
    Files.createDirectories(folder.resolve("there"));
    Files.writeString(folder.resolve("here/flows/" + flow + ".yaml"), SLOW.replace("FLOW", flow));
    dir = Files.createDirectories(folder.resolve("seen"));
  }

  private Program program(String where, String... args) {
    return Program.start(
        folder.resolve(where),
        Map.of("MAHAVISHNU_PREFECT__API_URL", own.server().apiUrl().toString()),
        args);
  }

  private Program done(String where, String... args) {
    Program program = program(where, args);
    CommandLineOf.Result result = program.await(LIMIT);
    assertThat(result.code()).as(result.out() + result.err()).isZero();
    return program;
  }

  /**
   * Whoever resumes the run ends what was left of the attempt before, so that one ends by itself.
   */
  private void awaitStarted(int times) {
    Path started = dir.resolve("started");
    Awaitility.await("start of the long task")
        .atMost(LIMIT)
        .until(() -> Files.exists(started) && Files.size(started) == times);
  }

  private FlowRuns.FlowRun flowRun() {
    return Awaitility.await("the flow run")
        .atMost(LIMIT)
        .until(
            () -> client.flowRuns().filter(Filter.ALL.flowNames(flow)).toList(),
            found -> found.size() == 1)
        .getFirst();
  }

  /** Each task once, and all is well; also as the tasks themselves saw it. */
  private void awaitAllWell(UUID run) throws IOException {
    Awaitility.await("all COMPLETED")
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(300))
        .untilAsserted(
            () -> {
              Map<String, String> states = new TreeMap<>();
              List<TaskRuns.TaskRun> tasks =
                  client.taskRuns().filter(Filter.ALL.flowRunIds(run)).toList();
              tasks.forEach(
                  task ->
                      states.put(task.taskKey(), task.state().map(ServerState::name).orElse("")));
              assertThat(states)
                  .isEqualTo(
                      Map.of("first", "Completed", "long", "Completed", "after", "Completed"));
              assertThat(tasks).hasSize(3);
              assertThat(client.flowRuns().find(run).orElseThrow().state().orElseThrow().name())
                  .isEqualTo("Completed");
            });
    flowRun();
    assertThat(Files.readAllLines(dir.resolve("log"))).containsExactly("first", "long", "after");
  }

  private UUID deployed(String pool) {
    done("here", "deployment", "apply", "--name", flow, "--pool", pool);
    Deployments.Deployment deployment =
        client.deployments().filter(Filter.ALL.flowNames(flow)).findFirst().orElseThrow();
    return client
        .deployments()
        .run(
            deployment.id(),
            Deployments.RunDraft.now()
                .parameters(JsonNodeFactory.instance.objectNode().put("dir", dir.toString())))
        .id();
  }

  private static void awaitRunning(UUID run, String task) {
    Awaitility.await(task + " runs on the server")
        .atMost(LIMIT)
        .until(
            () ->
                client
                    .taskRuns()
                    .filter(Filter.ALL.flowRunIds(run))
                    .anyMatch(
                        t ->
                            t.taskKey().equals(task)
                                && t.state().filter(s -> s.name().equals("Running")).isPresent()));
  }

  @Test
  void a_program_that_is_killed_and_resumed_leaves_one_whole_run_on_the_server() throws Exception {
    try (Program killed = program("here", "workflow", "trigger", flow, "--param", "dir=" + dir)) {
      awaitStarted(1);
      UUID run = flowRun().id();
      awaitRunning(run, "long");
      killed.kill();
      try (Program resumed = program("here", "run", "resume", "last")) {
        awaitStarted(2);
        Files.createFile(dir.resolve("enough"));
        CommandLineOf.Result result = resumed.await(LIMIT);
        assertThat(result.code()).as(result.out() + result.err()).isZero();
      }
      awaitAllWell(run);
    }
  }

  @Test
  void the_next_worker_resumes_what_a_killed_one_left() throws Exception {
    UUID run = deployed("killed-worker");
    try (Program killed = program("there", "worker", "start", "--pool", "killed-worker")) {
      awaitStarted(1);
      awaitRunning(run, "long");
      killed.kill();
      try (Program next = program("there", "worker", "start", "--pool", "killed-worker")) {
        awaitStarted(2);
        Files.createFile(dir.resolve("enough"));
        awaitAllWell(run);
        assertThat(next.isAlive()).isTrue();
      }
    }
  }

  @Test
  void a_worker_goes_on_while_the_server_is_dead_and_tells_it_afterwards() throws Exception {
    UUID run = deployed("killed-server");
    try (Program worker = program("there", "worker", "start", "--pool", "killed-server")) {
      awaitStarted(1);
      own.kill();
      Files.createFile(dir.resolve("enough"));
      Awaitility.await("the run ends without a server")
          .atMost(LIMIT)
          .until(() -> Files.readString(dir.resolve("log")).contains("after"));
      own.start();
      awaitAllWell(run);
      assertThat(worker.isAlive()).as(worker.out() + worker.err()).isTrue();
    }
  }
}
