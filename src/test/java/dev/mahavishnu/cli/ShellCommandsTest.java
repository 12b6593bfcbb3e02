package dev.mahavishnu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.shell.Commands.Candidate;
import dev.mahavishnu.shell.Commands.Kind;
import dev.mahavishnu.shell.Commands.Reading;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ShellCommandsTest {
  @TempDir Path folder;
  private ShellCommands commands;

  @BeforeEach
  void commands() {
    Env env =
        new CommandLineOf(folder).env(new ByteArrayOutputStream(), new ByteArrayOutputStream());
    commands = new ShellCommands(new Workbench(env));
  }

  private static List<String> words(String line) {
    return List.of(line.split(" "));
  }

  private List<String> texts(String line, String begun) {
    List<String> before = line.isEmpty() ? List.of() : words(line);
    return commands.complete(before, begun).stream().map(Candidate::text).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run list",
        "run list --output json",
        "workflow trigger --name x --param a=b",
        "workflow --help",
        "config show",
        "doctor"
      })
  void a_whole_command_is_one(String line) {
    assertThat(commands.read(words(line))).isEqualTo(new Reading.Whole());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          run list --outptu json | unknown option `--outptu`; did you mean `--output`? (see run list --help)
          run list of things     | unknown argument `of` (see run list --help)
          worker                 | say what to do: start, list
          """)
  void a_command_with_a_mistake_says_what_is_wrong(String line, String message) {
    assertThat(commands.read(words(line))).isEqualTo(new Reading.Wrong(message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          run the tests        | ''
          run lst              | did you mean `run list`?
          wrkflow list         | did you mean `workflow`?
          every weekday at six | ''
          """)
  void words_that_are_no_command_may_be_a_sentence(String line, String hint) {
    assertThat(commands.read(words(line))).isEqualTo(new Reading.Unknown(hint));
  }

  @Test
  void completion_offers_commands_then_options_and_values() {
    assertThat(texts("", "")).contains("workflow", "run", "init", "config", "doctor");
    assertThat(texts("run", "")).startsWith("list", "show").contains("resume");
    assertThat(texts("run list", "--"))
        .contains("--output", "--flow", "--state", "--color")
        .doesNotContain("--flow-folder");
    assertThat(texts("run list --output", "")).containsExactly("text", "json");
    assertThat(texts("run list --output json", "--")).doesNotContain("--output");
    assertThat(texts("workflow trigger", "--output=")).contains("--output=json");
    assertThat(texts("workflow trigger", "--")).doesNotContain("--detached-announce");
  }

  @Test
  void completion_says_what_a_value_names() {
    assertThat(commands.complete(words("run show"), ""))
        .extracting(Candidate::kind)
        .containsExactly(Kind.RUN);
    assertThat(commands.complete(words("run logs last"), ""))
        .extracting(Candidate::kind)
        .containsExactly(Kind.TASK);
    assertThat(commands.complete(words("workflow trigger --name"), ""))
        .extracting(Candidate::kind)
        .containsExactly(Kind.FLOW);
    assertThat(commands.complete(words("workflow trigger --file"), ""))
        .extracting(Candidate::kind)
        .containsExactly(Kind.FILE);
    assertThat(commands.complete(words("workflow show"), ""))
        .extracting(Candidate::kind)
        .containsExactly(Kind.FLOW, Kind.FILE);
  }

  @Test
  void every_candidate_is_described() {
    assertThat(commands.complete(words("run"), ""))
        .allSatisfy(candidate -> assertThat(candidate.description()).isNotBlank());
  }
}
