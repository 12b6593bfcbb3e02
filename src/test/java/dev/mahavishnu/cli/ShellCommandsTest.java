package dev.mahavishnu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.shell.Commands.Candidate;
import dev.mahavishnu.shell.Commands.Kind;
import dev.mahavishnu.shell.Commands.Reading;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
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
        .doesNotContain("--flow-folder")
        .startsWith("--output", "--flow");
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
    assertThat(commands.complete(words("workflow trigger --param"), ""))
        .extracting(Candidate::kind)
        .containsExactly(Kind.PARAMETER);
    assertThat(commands.complete(words("workflow trigger --file"), ""))
        .extracting(Candidate::kind)
        .containsExactly(Kind.FILE);
    assertThat(commands.complete(words("workflow show"), ""))
        .extracting(Candidate::kind)
        .contains(Kind.WORD, Kind.FILE);
  }

  @Test
  void names_that_are_known_here_are_offered_with_what_they_are() throws IOException {
    Files.createDirectories(folder.resolve("flows"));
    Files.createDirectories(folder.resolve("environments"));
    Files.writeString(
        folder.resolve("flows/orders.yaml"),
        "flow: orders\ndescription: Load one day\ntasks: []\n");
    Files.writeString(
        folder.resolve("environments/staging.yaml"), "environment: staging\npool: warehouse\n");
    assertThat(described("workflow trigger --name")).contains("orders: Load one day");
    assertThat(described("workflow show")).contains("orders: Load one day");
    assertThat(described("deployment show")).contains("orders: Load one day");
    assertThat(described("run list --flow")).contains("orders: Load one day");
    assertThat(described("deployment apply orders --env")).contains("staging: environment");
    assertThat(described("worker start --pool")).contains("warehouse: of staging");
    assertThat(described("worker start --name")).isEmpty();
    assertThat(described("run list --state")).contains("failed: ", "completed: ");
    assertThat(described("workflow trigger --adapter")).hasSize(2);
    assertThat(described("schedule set orders --timezone")).contains("Europe/Berlin: ");
    assertThat(described("run list --set"))
        .contains("output.theme=: now auto", "prefect.api_key=: ");
  }

  private List<String> described(String line) {
    return commands.complete(words(line), "").stream()
        .filter(c -> c.kind() == Kind.WORD)
        .map(c -> c.text() + ": " + c.description())
        .toList();
  }

  @Test
  void a_line_that_is_no_command_has_nothing_to_complete() {
    assertThat(commands.complete(words("every day"), "")).isEmpty();
  }

  @Test
  void every_candidate_is_described() {
    assertThat(commands.complete(words("run"), ""))
        .allSatisfy(candidate -> assertThat(candidate.description()).isNotBlank());
  }
}
