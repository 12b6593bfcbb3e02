package dev.mahavishnu.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Scripts made at random: whatever is accepted never runs a hostile value, in the shells at hand.
 */
final class ShellScriptFuzzTest {
  private static final int ROUNDS = Integer.getInteger("mahavishnu.fuzz", 300);

  private static final List<String> PIECES =
      List.of(
          "${{x}}",
          "${{x}}",
          "${{x}}",
          "${{x}}",
          "\"",
          "\"",
          "'",
          "'",
          "`",
          "$(",
          ")",
          "(",
          "$((",
          "))",
          "${a:-",
          "${a%",
          "}",
          "$'",
          "\\",
          "\\\n",
          "\n",
          ";",
          "&&",
          "|",
          " ",
          " ",
          " ",
          " ",
          "echo ",
          "printf %s ",
          "eval ",
          "sh -c ",
          "<<E\n",
          "\nE\n",
          "<<'E'\n",
          " <<<",
          "#",
          "case a in a) ",
          ";; esac",
          "[[ ",
          " ]]",
          "[ 1 -eq ",
          " ]",
          "if true; then ",
          "; fi",
          "for i in ",
          "; do ",
          "; done",
          "{ ",
          "; }",
          "A=",
          "export ",
          "$[",
          "]",
          "<(",
          "cat ",
          "command ",
          ". ",
          "<",
          "f() ",
          "test -v ",
          "unset ",
          "((",
          "$",
          "a",
          "1",
          "trap ",
          "$a");

  private static final List<String> HOSTILE =
      List.of(
          "; : > canary;",
          "$(: > canary)",
          "`: > canary`",
          "'; : > canary; '",
          "\"; : > canary; \"",
          "\n: > canary\n",
          "a[$(: > canary)]",
          "E\n: > canary\n",
          ")\n: > canary\n(");

  static Stream<List<String>> shells() {
    return Stream.of(List.of("/bin/sh"), List.of("/bin/bash"), List.of("/bin/bash", "--posix"))
        .filter(shell -> Files.isExecutable(Path.of(shell.getFirst())));
  }

  @ParameterizedTest
  @MethodSource("shells")
  void no_accepted_script_runs_a_hostile_value(List<String> shell, @TempDir Path folder)
      throws Exception {
    Random random = new Random(Long.getLong("mahavishnu.seed", 20261123));
    int accepted = 0;
    while (accepted < ROUNDS) {
      String command = command(random);
      ShellScript script;
      try {
        script = ShellScript.of(command);
      } catch (TemplateException e) {
        continue;
      }
      if (script.expressions().isEmpty()) {
        continue;
      }
      accepted++;
      String value = HOSTILE.get(random.nextInt(HOSTILE.size()));
      run(shell, script, value, folder);
      assertThat(folder.resolve("canary"))
          .as("value <%s> in:%n%s%nas:%n%s", value, command, script.script())
          .doesNotExist();
    }
  }

  private static String command(Random random) {
    StringBuilder command = new StringBuilder("echo ");
    IntStream.range(0, 2 + random.nextInt(10))
        .forEach(i -> command.append(PIECES.get(random.nextInt(PIECES.size()))));
    return command.toString();
  }

  private static void run(List<String> shell, ShellScript script, String value, Path folder)
      throws IOException, InterruptedException {
    List<String> call = new ArrayList<>(shell);
    call.addAll(List.of("-c", script.script()));
    ProcessBuilder builder =
        new ProcessBuilder(call)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    Map<String, String> environment = builder.environment();
    for (int i = 1; i <= script.expressions().size(); i++) {
      environment.put(ShellScript.variable(i), value);
    }
    Process process = builder.start();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
  }
}
