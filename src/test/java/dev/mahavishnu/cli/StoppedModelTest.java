package dev.mahavishnu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.ChildJvm;
import dev.mahavishnu.llm.ScriptedModel;
import dev.mahavishnu.llm.ScriptedReply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ctrl-C while a model answers, in real processes. */
final class StoppedModelTest {
  private static final String BEGINNING =
      "{\"outcome\": \"flow\", \"because\": [], \"flow\": {\"flow\": \"x\", \"tasks\": [";

  @TempDir Path folder;

  private Process program(ScriptedModel model, List<String> args) throws IOException {
    List<String> command = new ArrayList<>(ChildJvm.of(Main.class.getName()));
    command.addAll(args);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said").toFile());
    builder.environment().put("MAHAVISHNU_LLM__BASE_URL", model.baseUrl());
    builder.environment().put("MAHAVISHNU_LLM__MODEL", "scripted");
    builder.environment().put("HOME", folder.toString());
    return builder.start();
  }

  @ParameterizedTest
  @CsvSource({"-c, fetch the orders", "workflow, fetch the orders"})
  void the_program_ends_in_130_and_hangs_up_on_the_model(String how, String sentence)
      throws IOException, InterruptedException {
    try (ScriptedModel model = ScriptedModel.start(folder.resolve("wire"))) {
      model.then(ScriptedReply.text(BEGINNING).stallingAfter(40));
      Process process =
          program(
              model,
              how.equals("-c")
                  ? List.of("-c", sentence + "\nfetch more\n", "--keep-going")
                  : List.of("workflow", "plan", sentence));
      assertThat(model.awaitStall(Duration.ofSeconds(60))).isTrue();
      long pressed = System.nanoTime();
      String pid = String.valueOf(process.pid());
      assertThat(new ProcessBuilder("kill", "-INT", pid).start().waitFor()).isZero();

      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(ExitCode.INTERRUPTED);
      assertThat(Duration.ofNanos(System.nanoTime() - pressed)).isLessThan(Duration.ofSeconds(10));
      assertThat(model.awaitLeft(Duration.ofSeconds(30))).isTrue();
      // Ctrl-C ends the whole script, whatever goes on elsewhere.
      assertThat(model.asked()).hasSize(1);
      assertThat(Files.readString(folder.resolve("said"))).doesNotContain("internal error");
    }
  }
}
