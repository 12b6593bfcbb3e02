package dev.mahavishnu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.prefect.RealPrefect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class TriggerTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path folder;
  private CommandLineOf commands;

  @BeforeEach
  void commands() throws IOException {
    Files.createDirectories(folder.resolve("flows"));
    commands = new CommandLineOf(folder).with("MAHAVISHNU_HOME", folder.resolve("none").toString());
    flow(
        "sum",
        """
        flow: sum
        parameters:
          - {name: xs, type: "list<integer>", default: [1, 2]}
          - {name: who, type: string, default: you}
        tasks:
          - {id: twice, type: compute, map: "${{ params.xs }}", value: "${{ item * 2 }}"}
          - {id: say, type: shell, command: 'echo "for ${{ params.who }}"', depends_on: [twice]}
        outputs:
          - {name: doubled, value: "${{ tasks.twice.output }}"}
          - {name: said, value: "${{ tasks.say.output }}"}
        """);
  }

  private void flow(String name, String text) throws IOException {
    Files.writeString(folder.resolve("flows/" + name + ".yaml"), text);
  }

  @Test
  void without_a_server_the_first_line_says_that_the_embedded_engine_runs_it() {
    CommandLineOf.Result result =
        commands.run("workflow", "trigger", "--name", "sum", "--adapter", "prefect");

    assertThat(result.lines().getFirst())
        .startsWith("prefect: no server is configured")
        .contains("embedded engine");
    assertThat(result.out()).contains("Completed sum", "doubled = [2,4]", "said = for you");
    assertThat(result.code()).isEqualTo(ExitCode.COMPLETED);
  }

  @Test
  void json_is_events_on_stdout_with_the_result_last_and_progress_on_stderr() {
    CommandLineOf.Result result =
        commands.run(
            "workflow", "trigger", "--name", "sum", "--adapter", "prefect", "--output", "json");

    List<JsonNode> lines = result.lines().stream().map(JSON::readTree).toList();
    assertThat(lines.getFirst().path("type").asString()).isEqualTo("created");
    JsonNode last = lines.getLast();
    assertThat(last.propertyNames())
        .containsExactly("type", "run", "flow", "state", "tasks", "outputs", "seconds");
    assertThat(last.path("type").asString()).isEqualTo("result");
    assertThat(last.path("state").asString()).isEqualTo("COMPLETED");
    assertThat(last.path("tasks").path("total").asInt()).isEqualTo(3);
    assertThat(last.path("tasks").path("completed").asInt()).isEqualTo(3);
    assertThat(last.path("outputs").path("said").asString()).isEqualTo("for you");
    assertThat(last.path("seconds").isNumber()).isTrue();
    assertThat(result.err())
        .startsWith("prefect: no server is configured")
        .contains("say completed");
    assertThat(result.code()).isEqualTo(ExitCode.COMPLETED);
  }

  @Test
  void parameters_come_from_options_and_files_and_options_win() throws IOException {
    Files.writeString(folder.resolve("p.yaml"), "xs: [5]\nwho: file\n");

    CommandLineOf.Result result =
        commands.run(
            "workflow", "trigger", "sum", "--params-file", "p.yaml", "--param", "who=a=b; touch C");

    assertThat(result.out()).contains("doubled = [10]", "said = for a=b; touch C");
    assertThat(folder.resolve("C")).doesNotExist();
  }

  @Test
  void a_wrong_parameter_is_told_before_anything_runs() throws IOException {
    Files.writeString(folder.resolve("list.json"), "[1]");

    assertThat(commands.run("workflow", "trigger", "sum", "--param", "xs=one").err())
        .startsWith("mahavishnu: parameter `xs`");
    assertThat(commands.run("workflow", "trigger", "sum", "--param", "x=1").err())
        .contains("has no parameter `x`");
    assertThat(commands.run("workflow", "trigger", "sum", "--param", "xs").err())
        .contains("expected NAME=VALUE");
    assertThat(commands.run("workflow", "trigger", "sum", "--params-file", "list.json").err())
        .contains("expected an object");
    assertThat(commands.run("workflow", "trigger", "sum", "--params-file", "none.json").code())
        .isEqualTo(ExitCode.USAGE);
    assertThat(folder.resolve(".mahavishnu")).doesNotExist();
  }

  @Test
  void prefect_that_is_switched_off_is_an_error_that_names_the_key() {
    CommandLineOf.Result result =
        commands
            .with("MAHAVISHNU_PREFECT__ENABLED", "false")
            .run("workflow", "trigger", "--name", "sum", "--adapter", "prefect");

    assertThat(result.err()).contains("prefect.enabled", "MAHAVISHNU_PREFECT__ENABLED");
    assertThat(result.code()).isEqualTo(ExitCode.CONFIGURATION);
  }

  @Test
  void a_server_that_is_not_there_is_an_error_and_nothing_runs() {
    CommandLineOf.Result result =
        commands
            .with("MAHAVISHNU_PREFECT__API_URL", "http://127.0.0.1:9/api")
            .run("workflow", "trigger", "--name", "sum", "--adapter", "prefect");

    assertThat(result.err()).contains("no Prefect server at http://127.0.0.1:9/api");
    assertThat(result.code()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(commands.run("run", "list", "--output", "json").out()).isEmpty();
  }

  @Test
  void with_a_server_that_is_there_a_flow_runs_here_and_its_page_there_is_told() {
    String url = RealPrefect.open().apiUrl().toString();
    CommandLineOf.Result result =
        commands
            .with("MAHAVISHNU_PREFECT__API_URL", url)
            .with("MAHAVISHNU_PREFECT__TIMEOUT", "2m")
            .run("workflow", "trigger", "--name", "sum", "--adapter", "prefect");

    assertThat(result.lines().getFirst())
        .matches("prefect: http://127.0.0.1:\\d+/runs/flow-run/[0-9a-f-]{36}");
    assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.COMPLETED);
    assertThat(commands.run("run", "list", "--output", "json").out()).contains("COMPLETED");
  }

  @Test
  void a_server_that_is_not_to_show_runs_can_not_be_where_one_runs() {
    CommandLineOf.Result result =
        commands
            .with("MAHAVISHNU_PREFECT__API_URL", "http://127.0.0.1:9/api")
            .with("MAHAVISHNU_PREFECT__MIRROR", "false")
            .run("workflow", "trigger", "--name", "sum", "--adapter", "prefect");

    assertThat(result.err()).contains("prefect.mirror is false", "MAHAVISHNU_PREFECT__MIRROR");
    assertThat(result.code()).isEqualTo(ExitCode.CONFIGURATION);
  }

  @Test
  void a_run_that_fails_says_what_failed_and_ends_in_1() throws IOException {
    flow(
        "fails", "flow: fails\ntasks:\n  - {id: a, type: shell, command: 'echo no >&2; exit 3'}\n");

    CommandLineOf.Result result = commands.run("workflow", "trigger", "fails");

    assertThat(result.out()).contains("a failed", "exited with 3", "Failed fails", "run logs");
    assertThat(result.code()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void a_run_that_waits_for_a_person_ends_in_5_and_goes_on_with_an_answer() throws IOException {
    flow(
        "asks",
        """
        flow: asks
        tasks:
          - {id: ask, type: approval, message: Ship it?}
          - {id: ship, type: compute, value: shipped, depends_on: [ask]}
        """);

    CommandLineOf.Result first = commands.run("workflow", "trigger", "asks");
    CommandLineOf.Result wrong = commands.run("run", "approve", "last", "as");
    CommandLineOf.Result yes = commands.run("run", "approve", "last", "ask", "--note", "fine");
    commands.run("workflow", "trigger", "asks");
    CommandLineOf.Result no = commands.run("run", "deny", "last");

    assertThat(first.out()).contains("Ship it?", "run approve");
    assertThat(first.code()).isEqualTo(ExitCode.APPROVAL);
    assertThat(wrong.err()).contains("did you mean `ask`?");
    assertThat(wrong.code()).isEqualTo(ExitCode.USAGE);
    assertThat(yes.out()).contains("Completed asks", "ship = shipped");
    assertThat(yes.code()).isEqualTo(ExitCode.COMPLETED);
    assertThat(no.out()).contains("denied", "Failed asks");
    assertThat(no.code()).isEqualTo(ExitCode.COMPLETED);
  }

  @Test
  void a_flow_may_come_from_a_file_anywhere() throws IOException {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Files.writeString(
        elsewhere.resolve("one.json"),
        "{\"flow\": \"one\", \"tasks\": [{\"id\": \"a\", \"type\": \"compute\", \"value\": 1}]}");

    CommandLineOf.Result result =
        commands.run("workflow", "trigger", "--file", "elsewhere/one.json");

    assertThat(result.out()).contains("Completed one", "a = 1");
  }

  @Test
  void state_is_kept_out_of_version_control() {
    commands.run("workflow", "trigger", "sum");

    assertThat(folder.resolve(".mahavishnu/.gitignore")).hasContent("*");
  }
}
