package dev.mahavishnu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements that come from {@code -c}, a file or a pipe. */
final class ScriptTest {
  @TempDir Path folder;
  private CommandLineOf commands;

  @BeforeEach
  void scripts() throws IOException {
    for (String name : new String[] {"a", "b", "c", "d"}) {
      Path file = folder.resolve(name + ".sh");
      Files.writeString(file, "#!/bin/sh\necho " + name + " >> log\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    commands = new CommandLineOf(folder).with("MAHAVISHNU_HOME", folder.resolve("none").toString());
  }

  @Test
  void a_pipe_says_what_should_happen_and_runs_it_in_order() throws IOException {
    CommandLineOf.Result result =
        commands
            .typing(
                "every weekday at 06:00 run ./a.sh then run ./b.sh and ./c.sh in parallel then run"
                    + " ./d.sh, retry each step 3 times\nrun\n")
            .run("--yes");

    assertThat(result.code()).isEqualTo(ExitCode.COMPLETED);
    assertThat(Files.readAllLines(folder.resolve("log")))
        .startsWith("a")
        .endsWith("d")
        .containsExactlyInAnyOrder("a", "b", "c", "d");
  }

  @Test
  void what_is_not_understood_runs_nothing_and_ends_in_3() {
    CommandLineOf.Result result = commands.typing("frobnicate the quux\n").run();

    assertThat(result.err()).contains("<stdin>:1", "frobnicate the quux");
    assertThat(result.code()).isEqualTo(ExitCode.INVALID);
    assertThat(folder.resolve("log")).doesNotExist();
  }

  @Test
  void a_word_that_could_begin_a_sentence_is_a_command_only_with_a_run() {
    assertThat(commands.run("-c", "report sales").code()).isEqualTo(ExitCode.INVALID);
    assertThat(commands.run("-c", "report last").err()).contains("nothing has run");
    assertThat(commands.run("-c", "/report sales").err()).contains("no run `sales`");
  }

  @Test
  void running_something_needs_a_yes() {
    CommandLineOf.Result result = commands.run("-c", "run ./a.sh\nrun");

    assertThat(result.code()).isEqualTo(ExitCode.APPROVAL);
    assertThat(folder.resolve("log")).doesNotExist();
  }

  @Test
  void a_file_stops_at_the_first_failure_unless_it_may_go_on() throws IOException {
    Files.writeString(folder.resolve("s.txt"), "/run list --bad\nconfig show\n");

    CommandLineOf.Result stopped = commands.run("-f", "s.txt");
    CommandLineOf.Result going = commands.run("-f", "s.txt", "--keep-going");

    assertThat(stopped.err()).contains("s.txt:1");
    assertThat(stopped.out()).isEmpty();
    assertThat(stopped.code()).isEqualTo(ExitCode.USAGE);
    assertThat(going.out()).contains("prefect.enabled");
    assertThat(going.code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void commands_of_a_script_are_those_of_the_command_line() {
    CommandLineOf.Result script =
        commands.run("-c", "config show --set engine.grace=7s --output json");

    assertThat(script.out())
        .contains("{\"key\":\"engine.grace\",\"value\":\"7s\",\"from\":\"--set\"}");
    assertThat(commands.run("-c", "x", "-f", "y").err()).contains("one of the two");
    assertThat(commands.run("--continue", "--resume", "x").err()).contains("one of the two");
    assertThat(commands.run("--continue", "-c", "x").code()).isEqualTo(ExitCode.USAGE);
    assertThat(commands.run("--resume", "x").err()).contains("for the shell at a terminal");
    assertThat(commands.run("-f", "none.txt").err())
        .isEqualTo("mahavishnu: -f none.txt: no such file\n");
  }
}
