package dev.mahavishnu.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What runs now, what it costs, what it says and what went wrong, by commands. */
final class LiveCommandsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String BUSY =
      """
      flow: busy
      tasks:
        - id: load
          type: shell
          command: |
            echo '::progress 3/10 words'
            echo begun
            touch begun
            while ! [ -e go ]; do :; done
            echo over
      """;

  @TempDir Path folder;
  private CommandLineOf commands = new CommandLineOf(Path.of("/"));

  @BeforeEach
  void commands() throws IOException {
    Files.createDirectories(folder.resolve("flows"));
    Files.writeString(folder.resolve("flows/busy.yaml"), BUSY);
    commands = new CommandLineOf(folder).with("MAHAVISHNU_HOME", folder.resolve("none").toString());
  }

  @AfterEach
  void nobody_is_left_in_the_folder() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> ProcessHandle.allProcesses().noneMatch(this::isHere));
  }

  private boolean isHere(ProcessHandle process) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/cwd")).startsWith(folder);
    } catch (IOException e) {
      return false;
    }
  }

  private String begin() {
    String run = commands.run("workflow", "trigger", "busy", "--no-wait").out().strip();
    await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(folder.resolve("flows/begun")));
    return run;
  }

  private void go() throws IOException {
    Files.createFile(folder.resolve("flows/go"));
  }

  private static List<JsonNode> json(CommandLineOf.Result result) {
    return result.lines().stream().map(JSON::readTree).toList();
  }

  @Test
  void ps_says_who_executes_a_run_and_how_far_it_is_and_nothing_when_it_is_over()
      throws IOException {
    String run = begin();
    try {
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> commands.run("ps").out().contains("load 3/10 words"));
      JsonNode one = json(commands.run("ps", "--output", "json")).getFirst();
      assertThat(one.path("run").asString()).isEqualTo(run);
      assertThat(one.path("held_by").asString()).isEqualTo("workflow trigger");
      assertThat(one.path("progress").asString()).isEqualTo("load 3/10 words");
      assertThat(one.path("processes").asInt()).isEqualTo(1);
      assertThat(one.path("memory_bytes").asLong()).isGreaterThan(10 << 20);
      assertThat(ProcessHandle.of(one.path("pid").asLong())).isPresent();
      assertThat(commands.run("ps").lines().getFirst()).startsWith("RUN").contains("HELD BY");
    } finally {
      go();
    }
    commands.run("run", "watch", run);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(commands.run("ps").out()).isEmpty());
    assertThat(commands.run("ps").err()).isEqualTo("Nothing runs here now.\n");
  }

  @Test
  void top_measures_what_the_processes_of_a_run_take() throws IOException {
    String run = begin();
    try {
      JsonNode one = json(commands.run("top", "--output", "json")).getFirst();
      assertThat(one.path("run").asString()).isEqualTo(run);
      // It does nothing but turn; other programs may leave it little.
      assertThat(one.path("cpu_percent").asDouble()).isGreaterThan(1);
      assertThat(commands.run("top").lines().getFirst())
          .matches("1 run, \\d+ process(es)? of tasks, \\d+% CPU, \\d+ MiB");
    } finally {
      go();
    }
    assertThat(commands.run("run", "watch", run).code()).isZero();
  }

  @Test
  void a_script_waits_for_what_it_began_and_ends_as_that_does() throws IOException {
    Files.writeString(
        folder.resolve("flows/fails.yaml"),
        "flow: fails\ntasks: [{id: a, type: shell, command: exit 3}]\n");
    Files.createFile(folder.resolve("flows/go"));

    CommandLineOf.Result good =
        commands.run("-c", "workflow trigger busy &\nworkflow trigger busy &\nwait\njobs");
    assertThat(good.code()).as(good.err()).isZero();
    assertThat(good.out()).contains("[1] ").containsPattern("\\[2\\] \\S+ Completed busy");
    CommandLineOf.Result bad = commands.run("-c", "workflow trigger fails &\nwait\nshow");
    assertThat(bad.code()).isEqualTo(ExitCode.FAILED);
    assertThat(bad.out()).containsPattern("\\[1\\] \\S+ Failed fails");
  }

  @Test
  void logs_and_tail_are_of_the_last_run_and_follow_it_to_its_end() throws Exception {
    String run = begin();
    try (Program follows = Program.start(folder, java.util.Map.of(), "tail", "-f", "-n", "1")) {
      follows.awaitOutput("load | begun", Duration.ofSeconds(60));
      assertThat(commands.run("logs").lines()).containsExactly("load | begun");
      go();
      assertThat(follows.await(Duration.ofSeconds(60)).out())
          .isEqualTo("load | begun\nload | over\n");
    }
    commands.run("run", "watch", run);

    assertThat(commands.run("tail", "last", "load", "-n", "1").lines()).containsExactly("over");
    assertThat(commands.run("tail", "-n", "0").lines()).isEmpty();
    assertThat(commands.run("tail", "-n", "-1").code()).isEqualTo(ExitCode.USAGE);
    assertThat(json(commands.run("logs", run, "--output", "json")))
        .extracting(line -> line.path("stream").asString() + " " + line.path("text").asString())
        .containsExactly("progress 3/10 words", "stdout begun", "stdout over");
    assertThat(commands.run("logs", "-f").code()).isZero();
  }

  @Test
  void errors_are_grouped_by_what_caused_them() throws IOException {
    Files.writeString(
        folder.resolve("flows/fails.yaml"),
        """
        flow: fails
        parameters: [{name: n, type: integer, default: 1}]
        tasks:
          - {id: a, type: shell, command: 'echo "row 10000${{ params.n }} is bad" >&2; exit 3'}
          - {id: b, type: shell, map: [1, 2], command: 'exit 4'}
        """);
    for (int i = 1; i <= 3; i++) {
      commands.run("workflow", "trigger", "fails", "--param", "n=" + i);
    }
    CommandLineOf.Result list = commands.run("errors");

    assertThat(list.lines()).hasSize(3);
    assertThat(list.lines().getFirst()).startsWith("RUNS").endsWith("CAUSE");
    assertThat(list.out())
        .containsPattern("3 .* fails +a +\\S+ +exited with 3.*row 10000\\d is bad")
        .containsPattern("3 .* fails +b +\\S+ +exited with 4");
    List<JsonNode> groups = json(commands.run("errors", "--since", "2h", "--output", "json"));
    assertThat(groups).hasSize(2);
    assertThat(groups).allSatisfy(g -> assertThat(g.path("runs")).hasSize(3));
    assertThat(commands.run("errors", "--flow", "other").err())
        .isEqualTo("Nothing went wrong since 1d.\n");
    assertThat(commands.run("errors", "--since", "soon").code()).isEqualTo(ExitCode.USAGE);
  }
}
