package dev.mahavishnu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class WorkflowCommandsTest {
  private static final String GOOD =
      """
      flow: good
      description: Adds up
      parameters:
        - {name: n, type: integer, default: 2}
      tasks:
        - {id: twice, type: compute, value: "${{ params.n * 2 }}"}
        - {id: say, type: shell, command: "echo ${{ tasks.twice.output }}"}
      """;
  private static final String BAD =
      """
      flow: bad
      tasks:
        - {id: a, type: compute, value: 1}
        - {id: b, type: compute, value: 2, depends_on: [aa]}
      """;

  @TempDir Path folder;
  private CommandLineOf commands;

  @BeforeEach
  void commands() throws IOException {
    Files.createDirectories(folder.resolve("flows"));
    Files.writeString(folder.resolve("flows/good.yaml"), GOOD);
    commands = new CommandLineOf(folder).with("MAHAVISHNU_HOME", folder.resolve("none").toString());
  }

  @Test
  void a_list_has_every_flow_and_says_what_is_wrong_with_one_that_can_not_run() throws IOException {
    Files.writeString(folder.resolve("flows/bad.yml"), BAD);
    Files.writeString(folder.resolve("flows/notes.txt"), "no flow");

    CommandLineOf.Result text = commands.run("workflow", "list");
    CommandLineOf.Result json = commands.run("workflow", "list", "--output", "json");

    assertThat(text.lines())
        .extracting(line -> line.replaceAll(" +", " ").strip())
        .containsExactly(
            "FLOW TASKS SCHEDULE FILE DESCRIPTION",
            "bad flows/bad.yml line 4: unknown task `aa` (and 1 more)".replace(" (and 1 more)", ""),
            "good 2 flows/good.yaml Adds up");
    assertThat(json.lines())
        .contains(
            "{\"flow\":\"good\",\"file\":\"flows/good.yaml\",\"valid\":true,\"description\":\"Adds"
                + " up\",\"tasks\":2,\"schedules\":[]}");
    assertThat(text.code()).isEqualTo(ExitCode.COMPLETED);
  }

  @Test
  void an_invalid_flow_shows_each_problem_where_it_is_and_ends_in_3() throws IOException {
    Files.writeString(folder.resolve("flows/bad.yml"), BAD);

    CommandLineOf.Result validated = commands.run("workflow", "validate", "bad");
    CommandLineOf.Result triggered = commands.run("workflow", "trigger", "--name", "bad");

    assertThat(validated.err())
        .contains("flows/bad.yml:4:", "unknown task `aa`", "did you mean `a`?", "^");
    assertThat(validated.code()).isEqualTo(ExitCode.INVALID);
    assertThat(triggered.err()).contains("flows/bad.yml:4:").endsWith("the flow has 1 problem\n");
    assertThat(triggered.code()).isEqualTo(ExitCode.INVALID);
    assertThat(folder.resolve(".mahavishnu")).doesNotExist();
  }

  @Test
  void validating_names_no_flow_to_check_all_and_gives_json_for_programs() throws IOException {
    CommandLineOf.Result all = commands.run("workflow", "validate");
    Files.writeString(folder.resolve("x.yaml"), BAD);
    CommandLineOf.Result json =
        commands.run("workflow", "validate", "--file", "x.yaml", "--output", "json");

    assertThat(all.out()).isEqualTo("flows/good.yaml: valid, 2 tasks\n");
    JsonNode problem = new JsonMapper().readTree(json.out());
    assertThat(problem.path("type").asString()).isEqualTo("problem");
    assertThat(problem.path("file").asString()).isEqualTo("x.yaml");
    assertThat(problem.path("line").asInt()).isEqualTo(4);
    assertThat(json.code()).isEqualTo(ExitCode.INVALID);
  }

  @Test
  void a_flow_is_shown_as_outline_yaml_or_json_that_reads_back() {
    assertThat(commands.run("workflow", "show", "good").out())
        .startsWith("good  Adds up\n")
        .contains("n: integer = 2", "after twice");
    assertThat(commands.run("workflow", "show", "good", "--output", "json").out())
        .startsWith("{\"flow\":\"good\"")
        .hasLineCount(1);
    assertThat(commands.run("workflow", "show", "flows/good.yaml", "--output", "yaml").out())
        .startsWith("flow: good\n");
  }

  @Test
  void a_graph_is_drawn_in_many_ways() {
    assertThat(commands.run("workflow", "graph", "good").lines()).containsExactly("twice ──► say");
    assertThat(commands.run("workflow", "graph", "good", "--output", "tree").lines())
        .containsExactly("twice  compute", "↓ say  shell");
    assertThat(commands.run("workflow", "graph", "good", "--format", "mermaid").out())
        .startsWith("flowchart TD\n");
    assertThat(commands.run("workflow", "graph", "good", "--format", "dot").out())
        .startsWith("digraph \"good\" {\n");
  }

  @Test
  void a_plan_binds_the_parameters_and_runs_nothing() {
    CommandLineOf.Result plan = commands.run("workflow", "plan", "good", "--param", "n=5");
    CommandLineOf.Result dry =
        commands.run("workflow", "trigger", "--name", "good", "--dry-run", "--output", "json");

    assertThat(plan.out()).contains("n = 5", "1 twice", "2 say");
    assertThat(dry.lines())
        .containsExactly(
            "{\"type\":\"plan\",\"flow\":\"good\",\"parameters\":{\"n\":2},\"tasks\":["
                + "{\"task\":\"twice\",\"kind\":\"compute\",\"after\":[],\"mapped\":false,\"on_failure\":false},"
                + "{\"task\":\"say\",\"kind\":\"shell\",\"after\":[\"twice\"],\"mapped\":false,\"on_failure\":false}]}");
    assertThat(folder.resolve(".mahavishnu")).doesNotExist();
  }

  @Test
  void the_schema_is_the_one_that_the_shipped_flows_name() throws IOException {
    CommandLineOf.Result schema = commands.run("workflow", "schema");
    Path shipped = Path.of("config/flow.schema.json");

    assertThat(schema.out()).isEqualTo(Files.readString(shipped));
    assertThat(Path.of("config/flows/etl_pipeline.yaml"))
        .content()
        .startsWith("# yaml-language-server: $schema=../flow.schema.json\n");
  }

  @Test
  void a_flow_is_meant_by_name_even_where_its_file_is_called_otherwise() throws IOException {
    Files.move(folder.resolve("flows/good.yaml"), folder.resolve("flows/other.yaml"));

    assertThat(commands.run("workflow", "graph", "good").code()).isEqualTo(ExitCode.COMPLETED);
    assertThat(commands.run("workflow", "graph", "goood").err())
        .isEqualTo("mahavishnu: no flow `goood`; did you mean `good`?\n");
    assertThat(commands.run("workflow", "graph", "x/y.yaml").err())
        .isEqualTo("mahavishnu: no file x/y.yaml\n");
    assertThat(commands.run("workflow", "graph").err())
        .isEqualTo("mahavishnu: say which flow: --name NAME or --file FILE\n");
  }

  @Test
  void a_flow_of_the_workspace_hides_the_shipped_one_of_its_name() throws IOException {
    Path shipped = Files.createDirectories(folder.resolve("program/config/flows"));
    Files.writeString(shipped.resolve("good.yaml"), GOOD.replace("Adds up", "Shipped"));
    Files.writeString(shipped.resolve("more.yaml"), GOOD.replace("flow: good", "flow: more"));
    commands.with("MAHAVISHNU_HOME", folder.resolve("program").toString());

    assertThat(commands.run("workflow", "list").out())
        .contains("Adds up", "more")
        .doesNotContain("Shipped");
  }

  @Test
  void a_difference_between_two_flows_is_shown_by_task_and_field() throws IOException {
    Files.writeString(
        folder.resolve("new.yaml"), GOOD.replace("n * 2", "n * 3").replace("Adds up", "Triples"));

    assertThat(commands.run("workflow", "diff", "good", "new.yaml").lines())
        .containsExactly(
            "- description: Adds up",
            "+ description: Triples",
            "~ task twice",
            "-   value: ${{ params.n * 2 }}",
            "+   value: ${{ params.n * 3 }}");
    assertThat(commands.run("workflow", "diff", "good", "good").err())
        .isEqualTo("No difference.\n");
  }

  @Test
  void a_sentence_is_planned_to_the_flow_that_it_means() {
    CommandLineOf.Result planned =
        commands.run("workflow", "plan", "run ./a.sh then ./b.sh, retry each step 2 times");
    CommandLineOf.Result unclear = commands.run("workflow", "plan", "frobnicate the quux");

    assertThat(planned.out()).startsWith("flow: ").contains("command: ./b.sh", "retries: 2");
    assertThat(planned.err()).contains("note: ");
    assertThat(planned.code()).isEqualTo(ExitCode.COMPLETED);
    assertThat(unclear.err()).startsWith("mahavishnu: not understood: `frobnicate the quux`");
    assertThat(unclear.out()).isEmpty();
    assertThat(unclear.code()).isEqualTo(ExitCode.INVALID);
  }
}
