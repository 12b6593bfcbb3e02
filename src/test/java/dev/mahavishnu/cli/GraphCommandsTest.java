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

/** {@code graph}, {@code workflow graph} and {@code run graph}. */
final class GraphCommandsTest {
  private static final String NIGHTLY =
      """
      flow: nightly
      tasks:
        - {id: extract, type: compute, value: 1}
        - {id: clean, type: compute, value: "${{ 1 / (item - 2) }}", map: [1, 2, 3], depends_on: [extract]}
        - {id: inner, type: flow, flow: inner, depends_on: [extract]}
        - {id: load, type: compute, value: 1, depends_on: [clean, inner]}
      on_failure:
        - {id: alarm, type: compute, value: 1}
      """;
  private static final String INNER =
      """
      flow: inner
      tasks:
        - {id: one, type: compute, value: 1}
        - {id: two, type: compute, value: 2, depends_on: [one]}
      """;

  @TempDir Path folder;
  private CommandLineOf commands;

  @BeforeEach
  void commands() throws IOException {
    Files.createDirectories(folder.resolve("flows"));
    Files.writeString(folder.resolve("flows/nightly.yaml"), NIGHTLY);
    Files.writeString(folder.resolve("flows/inner.yaml"), INNER);
    commands = new CommandLineOf(folder).with("MAHAVISHNU_HOME", folder.resolve("none").toString());
  }

  /** Without the times, which differ. */
  private static String timeless(String text) {
    return text.replaceAll(" \\d+\\.\\ds", " 0.0s").replaceAll("\\d{6}-\\d{6}-\\w{4}", "RUN");
  }

  @Test
  void a_flow_and_a_run_are_drawn_by_the_same_short_command() {
    String flow =
        """
        extract ─┬─► clean ×3 ─────────┬─► load
                 └─► inner flow inner ─┘

        on failure
        alarm
        """;
    assertThat(commands.run("graph", "nightly").out()).isEqualTo(flow);
    assertThat(commands.run("graph", "flows/nightly.yaml").out()).isEqualTo(flow);
    commands.run("workflow", "trigger", "nightly");

    CommandLineOf.Result last = commands.run("graph");
    assertThat(timeless(last.out()))
        .isEqualTo(
            """
            ✗ nightly RUN  Failed
            ✓ extract 0.0s ─┬─► ✗ clean ×3 1 failed 0.0s ─┬─► ✗ load
                            └─► ✓ inner 0.0s ─────────────┘

            on failure
            ✓ alarm 0.0s

            inner: inner
            ✓ one 0.0s ──► ✓ two 0.0s
            """);
    String id = last.out().split(" ")[2];
    assertThat(commands.run("graph", id).out()).isEqualTo(last.out());
    assertThat(commands.run("run", "graph", "last").out()).isEqualTo(last.out());
    assertThat(commands.run("workflow", "graph", "nightly").out()).isEqualTo(flow);
  }

  @Test
  void of_a_mapped_subflow_those_that_failed_are_drawn_and_one_that_did_not() throws IOException {
    Files.writeString(
        folder.resolve("flows/each.yaml"),
        """
        flow: each
        parameters: [{name: n, type: integer, default: 1}]
        tasks:
          - {id: one, type: compute, value: "${{ 1 / (params.n - 3) }}"}
          - {id: two, type: compute, value: 2, depends_on: [one]}
        """);
    Files.writeString(
        folder.resolve("flows/many.yaml"),
        """
        flow: many
        tasks:
          - id: sub
            type: flow
            flow: each
            map: [1, 2, 3, 4, 5]
            parameters: [{name: n, value: "${{ item }}"}]
        """);
    commands.run("workflow", "trigger", "many");

    assertThat(timeless(commands.run("graph").out()))
        .isEqualTo(
            """
            ✗ many RUN  Failed
            ✗ sub ×5 1 failed 0.0s

            sub[2]: each
            ✗ one 0.0s ──► ✗ two

            sub[0]: each
            ✓ one 0.0s ──► ✓ two 0.0s

            and 3 more subflows
            """);
  }

  @Test
  void a_graph_is_written_to_a_file_in_the_form_that_its_name_says() throws IOException {
    commands.run("workflow", "trigger", "nightly");

    assertThat(commands.run("graph", "last", "-o", "g.svg").out()).isEqualTo("g.svg\n");
    assertThat(commands.run("graph", "last", "-o", "g.dot").out()).isEqualTo("g.dot\n");
    assertThat(commands.run("graph", "last", "-o", "g.mmd").out()).isEqualTo("g.mmd\n");
    assertThat(commands.run("run", "graph", "last", "-o", "g.txt", "--color", "always").out())
        .isEqualTo("g.txt\n");

    assertThat(folder.resolve("g.svg"))
        .content()
        .startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg ")
        .contains("node bad", "on failure")
        .endsWith("</svg>\n");
    assertThat(folder.resolve("g.dot")).content().startsWith("digraph \"nightly\" {\n");
    assertThat(folder.resolve("g.mmd")).content().startsWith("flowchart TD\n");
    assertThat(Files.readString(folder.resolve("g.txt")))
        .contains("✗ clean ×3 1 failed")
        .doesNotContain("\u001b");
  }

  @Test
  void for_programs_there_is_json() {
    commands.run("workflow", "trigger", "nightly");

    JsonNode json = new JsonMapper().readTree(commands.run("graph", "--output", "json").out());

    assertThat(json.path("state").asString()).isEqualTo("FAILED");
    assertThat(json.path("tasks").findValuesAsString("task"))
        .containsExactly("extract", "clean", "inner", "load", "alarm", "inner/one", "inner/two");
    assertThat(json.path("tasks").get(1).path("items").path("failed").asInt()).isEqualTo(1);
    assertThat(json.path("edges")).hasSize(5);
  }

  @Test
  void what_does_not_fit_is_a_tree_and_that_is_said_beside_it() throws IOException {
    StringBuilder wide = new StringBuilder("flow: wide\ntasks:\n");
    for (int i = 0; i < 40; i++) {
      wide.append("  - {id: from").append(i).append(", type: compute, value: 1}\n");
      wide.append("  - {id: to").append(i).append(", type: compute, value: 1, depends_on: [from");
      wide.append(i).append("]}\n");
    }
    for (int i = 0; i < 12; i++) {
      wide.append("  - {id: chain").append(i).append(", type: compute, value: 1, depends_on: [");
      wide.append(i == 0 ? "to0" : "chain" + (i - 1)).append("]}\n");
    }
    Files.writeString(folder.resolve("flows/wide.yaml"), wide.toString());

    CommandLineOf.Result result = commands.run("graph", "wide");

    assertThat(result.code()).isEqualTo(ExitCode.COMPLETED);
    assertThat(result.err())
        .isEqualTo(
            "the graph does not fit into 120 columns; this is its tree"
                + " (--output svg has the picture)\n");
    assertThat(result.lines()).hasSize(92).startsWith("from0  compute", "↓ to0  compute");
  }

  @Test
  void in_the_shell_a_graph_by_itself_is_that_of_the_draft() {
    CommandLineOf.Result said =
        commands.run(
            "-c", "run \"echo a\" as one then run \"echo b\" as two\ngraph\n/graph nightly");

    assertThat(said.code()).isEqualTo(ExitCode.COMPLETED);
    assertThat(said.out()).contains("one ──► two\nextract ─┬─► clean ×3");
  }

  @Test
  void what_is_no_flow_and_no_run_is_said_with_what_is_near() {
    assertThat(commands.run("graph", "nigthly").err())
        .isEqualTo("mahavishnu: no flow and no run `nigthly`; did you mean `nightly`?\n");
    assertThat(commands.run("graph").err())
        .isEqualTo("mahavishnu: no run `last`: nothing has run in this workspace yet\n");
    assertThat(commands.run("graph", "nightly", "-o", "no/such/g.svg").err())
        .isEqualTo("mahavishnu: no folder for no/such/g.svg: make it, or name another file\n");
    assertThat(commands.run("graph", "nightly", "-o", "flows").err())
        .isEqualTo("mahavishnu: flows is a folder: name a file in it\n");
  }
}
