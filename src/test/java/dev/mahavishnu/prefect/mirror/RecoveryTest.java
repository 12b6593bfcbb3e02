package dev.mahavishnu.prefect.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.ChildJvm;
import dev.mahavishnu.engine.RunHandle;
import dev.mahavishnu.prefect.OwnPrefect;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.RealPrefect;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.State;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a kill -9 of the server or of us, and an outage, leave of a run on the server: all of it.
 */
final class RecoveryTest {
  @TempDir Path folder;

  private static String named(String stem, String spec) {
    return "flow: " + stem + "_" + UUID.randomUUID().toString().replace('-', '_') + "\n" + spec;
  }

  /** Each says a line, and waits for its file. */
  private static String chain(int tasks) {
    StringBuilder spec = new StringBuilder("tasks:\n");
    for (int i = 0; i < tasks; i++) {
      spec.append("  - id: t").append(i).append("\n    type: shell\n    command: \"echo line ");
      spec.append(i).append("; while ! test -e go").append(i).append("; do sleep 0.1; done\"\n");
      if (i > 0) {
        spec.append("    depends_on: [t").append(i - 1).append("]\n");
      }
    }
    return named("chain", spec.toString());
  }

  private void go(int task) throws IOException {
    Files.createFile(folder.resolve("go" + task));
  }

  private static List<String> lines(int tasks) {
    return IntStream.range(0, tasks).mapToObj(i -> "line " + i).toList();
  }

  private static void isWhole(Shown shown, int tasks) {
    Shown.patiently()
        .untilAsserted(
            () ->
                assertThat(shown.tasks())
                    .hasSize(tasks)
                    .allSatisfy((_, state) -> assertThat(state).isEqualTo("Completed")));
    assertThat(shown.state()).isEqualTo("Completed");
    for (int i = 0; i < tasks; i++) {
      assertThat(shown.states("t" + i)).containsSubsequence("Pending", "Running", "Completed");
    }
    assertThat(shown.log()).containsExactlyInAnyOrderElementsOf(lines(tasks));
  }

  @Test
  void a_server_that_is_killed_in_mid_run_has_all_of_it_when_it_is_back() throws Exception {
    try (OwnPrefect own = RealPrefect.own();
        PrefectClient client = own.server().client();
        MirroredRuns runs =
            new MirroredRuns(folder, own.server().apiUrl(), Duration.ofSeconds(10))) {
      RunHandle handle = runs.start(chain(4));
      Shown shown = Shown.of(client, runs.mirrors(), handle.run());
      go(0);
      Shown.patiently().until(() -> "Running".equals(shown.tasks().get("t1")));
      go(1);
      own.kill();
      go(2);
      go(3);
      assertThat(handle.await()).isEqualTo(State.Completed.DONE);
      Shown.patiently().until(() -> !runs.notes.isEmpty());
      own.start();
      assertThat(runs.drain()).isEmpty();
      isWhole(shown, 4);
      Shown.patiently().until(() -> runs.mirrors().behind().isEmpty());
      assertThat(runs.notes).hasSize(2);
      assertThat(runs.notes.getFirst()).contains("runs go on");
      assertThat(runs.notes.getLast()).contains("is back");
    }
  }

  private Process program(URI server, String what) throws IOException {
    List<String> command = new ArrayList<>(ChildJvm.of(MirroredProgram.class.getName()));
    command.addAll(List.of(folder.toString(), server.toString(), what));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static String word(BufferedReader out, String before) throws IOException {
    List<String> seen = new ArrayList<>();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      seen.add(line);
      if (line.startsWith(before + " ")) {
        return line.substring(before.length() + 1);
      }
    }
    throw new AssertionError("it never said " + before + ": " + seen);
  }

  @Test
  void a_run_whose_process_is_killed_is_crashed_there_and_whole_after_its_resume()
      throws Exception {
    URI server = RealPrefect.open().apiUrl();
    Files.writeString(folder.resolve("flow.yaml"), chain(3));
    Process process = program(server, "flow.yaml");
    RunId run;
    try (PrefectClient client = RealPrefect.open().client();
        BufferedReader out = process.inputReader()) {
      run = new RunId(word(out, "RUN"));
      go(0);
      try (MirroredRuns runs = new MirroredRuns(folder, server)) {
        Shown shown = Shown.of(client, runs.mirrors(), run);
        Shown.patiently().until(() -> "Running".equals(shown.tasks().get("t1")));
        process.destroyForcibly().waitFor();
        assertThat(runs.mirrors().behind()).containsExactly(run);
        assertThat(runs.mirrors().sync(List.of(run), _ -> {})).isEmpty();
        assertThat(runs.mirrors().behind()).isEmpty();
        assertThat(shown.state()).isEqualTo("Crashed");
      }
      go(1);
      go(2);
      Process again = program(server, run.text());
      try (BufferedReader said = again.inputReader()) {
        assertThat(word(said, "END")).isEqualTo("Completed");
        assertThat(word(said, "LEFT")).isEqualTo("0");
        assertThat(again.waitFor(60, TimeUnit.SECONDS)).isTrue();
      }
      try (MirroredRuns runs = new MirroredRuns(folder, server)) {
        Shown shown = Shown.of(client, runs.mirrors(), run);
        assertThat(shown.states())
            .containsSubsequence("Running", "Crashed", "Retrying", "Completed");
        Shown.patiently()
            .untilAsserted(
                () ->
                    assertThat(shown.tasks())
                        .isEqualTo(
                            Map.of("t0", "Completed", "t1", "Completed", "t2", "Completed")));
        // t1 ran twice, and so said its line twice.
        assertThat(shown.log()).containsExactlyInAnyOrder("line 0", "line 1", "line 1", "line 2");
      }
    }
  }
}
