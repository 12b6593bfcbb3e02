package dev.mahavishnu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CliTest {
  @TempDir Path folder;
  private CommandLineOf commands;

  @BeforeEach
  void commands() {
    commands = new CommandLineOf(folder);
  }

  @Test
  void the_version_is_one_line() {
    assertThat(commands.run("--version"))
        .isEqualTo(new CommandLineOf.Result(0, "mahavishnu development\n", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          conf show             | unknown command `conf`; did you mean `config`? (see mahavishnu --help)
          config shwo           | unknown command `shwo`; did you mean `show`? (see mahavishnu config --help)
          doctor --colr never   | unknown option `--colr`; did you mean `--color`? (see mahavishnu doctor --help)
          doctor now            | unknown argument `now` (see mahavishnu doctor --help)
          config                | say what to do: show (see mahavishnu config --help)
          -C nowhere doctor     | -C nowhere: no such folder
          doctor --set engine.grce=1s | --set engine.grce=1s: unknown key; did you mean `engine.grace`?
          """)
  void a_line_that_can_not_be_understood_says_what_was_meant(String line, String message) {
    CommandLineOf.Result result = commands.run(line.split(" "));

    assertThat(result.err()).isEqualTo("mahavishnu: " + message + "\n");
    assertThat(result.out()).isEmpty();
    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void help_names_every_command_whatever_else_the_line_says() {
    assertThat(commands.run("--help").out())
        .contains("workflow", "run", "init", "config", "doctor");
    assertThat(commands.run("config", "--help").out()).contains("show");
  }

  @Test
  void a_workspace_is_found_from_a_folder_inside_it() throws IOException {
    Path inside = Files.createDirectories(folder.resolve("flows/deep"));

    assertThat(Workspace.find(java.util.Optional.empty(), inside).root()).isEqualTo(folder);
  }

  @Test
  void a_bug_is_one_line_and_a_file_with_the_rest() throws IOException {
    Files.createDirectories(folder.resolve(".mahavishnu"));
    Workbench bench =
        new Workbench(
            commands.env(new java.io.ByteArrayOutputStream(), new java.io.ByteArrayOutputStream()));

    int code =
        new Errors(bench, java.util.List.of("run", "list", "--param", "token=hunter2"))
            .said(new IllegalStateException("impossible"))
            .exitCode();

    assertThat(code).isEqualTo(ExitCode.INTERNAL);
    try (var files = Files.list(folder.resolve(".mahavishnu/log"))) {
      assertThat(files.toList())
          .singleElement()
          .satisfies(
              file ->
                  assertThat(Files.readString(file))
                      .contains("impossible", "command run list --param token=…")
                      .doesNotContain("hunter2"));
    }
  }

  @Test
  void init_makes_a_workspace_once_and_changes_nothing_that_is_there() throws IOException {
    CommandLineOf.Result first = commands.run("init", "new");
    Files.writeString(folder.resolve("new/flows/hello.yaml"), "mine");
    CommandLineOf.Result second = commands.run("init", "new");

    assertThat(first.out())
        .contains("made new/flows/hello.yaml", "mahavishnu -C new workflow show hello");
    assertThat(second.out()).contains("Nothing to do");
    assertThat(folder.resolve("new/flows/hello.yaml")).hasContent("mine");
  }

  @Test
  void colours_are_for_terminals_unless_somebody_says_otherwise() {
    Screen terminal = new Screen(true, true, true, () -> new Screen.Size(100, 30));
    CommandLineOf onTerminal = new CommandLineOf(folder).at(terminal);
    CommandLineOf quiet = new CommandLineOf(folder).at(terminal).with("NO_COLOR", "1");
    CommandLineOf dumb = new CommandLineOf(folder).at(terminal).with("TERM", "dumb");

    assertThat(commands.run("config", "show").out()).doesNotContain("\u001b");
    assertThat(commands.run("config", "show", "--color", "always").out()).contains("\u001b[");
    assertThat(onTerminal.run("config", "show").out()).contains("\u001b[");
    assertThat(onTerminal.run("config", "show", "--color", "never").out()).doesNotContain("\u001b");
    assertThat(quiet.run("config", "show").out()).doesNotContain("\u001b");
    assertThat(quiet.run("--color=always", "config", "show").out()).contains("\u001b[");
    assertThat(dumb.run("config", "show").out()).doesNotContain("\u001b");
  }

  @Test
  void a_workspace_that_can_not_be_written_is_one_line() throws IOException {
    Files.createFile(folder.resolve(".mahavishnu"));

    CommandLineOf.Result result =
        commands.run("workflow", "trigger", "etl_pipeline", "--adapter", "prefect");

    assertThat(result.err())
        .isEqualTo(
            "mahavishnu: "
                + folder.resolve(".mahavishnu")
                + " can't be used: it is not a folder; runs are stored there, -C names another"
                + " workspace\n");
    assertThat(result.code()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(commands.run("doctor").out()).contains("is not a folder");
  }
}
