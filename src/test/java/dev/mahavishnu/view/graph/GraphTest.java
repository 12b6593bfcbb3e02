package dev.mahavishnu.view.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.expr.Expressions;
import dev.mahavishnu.spec.FlowGraph;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.spec.ReadResult;
import dev.mahavishnu.view.Palette;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class GraphTest {
  private static final String ETL =
      """
      flow: etl_pipeline
      tasks:
        - {id: extract, type: shell, command: x}
        - {id: transform, type: compute, value: 1, map: [1, 2, 3], depends_on: [extract], run_if: none_failed}
        - {id: ask, type: approval, message: "Ship it?", depends_on: [transform]}
        - {id: load, type: flow, flow: loading, depends_on: [ask, extract]}
      on_failure:
        - {id: alert, type: compute, value: "${{ tasks.extract.output }}"}
        - {id: page, type: shell, command: x, depends_on: [alert]}
      """;

  private static Graph graph(String spec) {
    ReadResult read = new FlowReader(new Expressions()).read("f.yaml", spec, Path.of(""));
    return switch (read) {
      case ReadResult.Valid valid ->
          Graph.of(valid.source().flow(), FlowGraph.of(valid.source().flow(), new Expressions()));
      case ReadResult.Invalid invalid -> throw new AssertionError(invalid.problems().toString());
    };
  }

  private static GraphText text(int width) {
    return new GraphText(Sketch.SIGNS, width, Sketch.NOW);
  }

  @Test
  void a_flow_is_drawn_with_the_sizes_of_its_maps_and_its_failure_handlers() {
    assertThat(String.join("\n", text(100).drawn(graph(ETL)).lines()))
        .isEqualTo(
            """
            extract ─┬─► transform ×3 if none_failed ──► ask approval ─┬─► load flow loading
                     └─────────────────────────────────────────────────┘

            on failure
            alert ──► page\
            """);
  }

  @Test
  void a_tree_names_each_task_once() {
    String spec =
        """
        flow: f
        tasks:
          - {id: fetch, type: shell, command: x}
          - {id: check, type: shell, command: x, depends_on: [fetch]}
          - {id: left, type: shell, command: x, depends_on: [check]}
          - {id: deep, type: shell, command: x, depends_on: [left]}
          - {id: right, type: shell, command: x, depends_on: [check]}
          - {id: join, type: shell, command: x, depends_on: [deep, right]}
          - {id: alone, type: shell, command: x}
        """;

    assertThat(String.join("\n", text(80).tree(graph(spec))))
        .isEqualTo(
            """
            fetch  shell
            ↓ check  shell
            ┝╴left  shell
            ┆ ↓ deep  shell
            ┆ ↓ join  shell, also after right
            ╰╴right  shell
            alone  shell\
            """);
    assertThat(new GraphText(Palette.ASCII, 80, Sketch.NOW).tree(graph(spec)))
        .contains("|-left  shell", "| v deep  shell", "`-right  shell");
    assertThat(text(80).tree(graph(ETL))).contains("↓ transform  compute, 3 items, if none_failed");
  }

  @Test
  void graphs_are_written_for_mermaid_and_graphviz() {
    assertThat(String.join("\n", new GraphMermaid(graph(ETL)).lines()))
        .isEqualTo(
            """
            flowchart TD
              t0["extract<br/><small>shell</small>"]
              t1[["transform<br/><small>compute ×3</small>"]]
              t2["ask<br/><small>approval</small>"]
              t3["load<br/><small>flow loading</small>"]
              subgraph s1["on failure"]
                t4["alert<br/><small>compute</small>"]
                t5["page<br/><small>shell</small>"]
              end
              t0 -. none_failed .-> t1
              t1 --> t2
              t0 --> t3
              t2 --> t3
              t4 --> t5
              t0 --> t4\
            """);
    assertThat(String.join("\n", new GraphDot(graph(ETL)).lines()))
        .isEqualTo(
            """
            digraph "etl_pipeline" {
              node [shape=box, fontname="sans-serif"];
              "extract" [label="extract\\nshell"];
              "transform" [label="transform\\ncompute ×3", peripheries=2];
              "ask" [label="ask\\napproval"];
              "load" [label="load\\nflow loading"];
              subgraph cluster_1 {
                label="on failure"; style=dashed;
                "alert" [label="alert\\ncompute"];
                "page" [label="page\\nshell"];
              }
              "extract" -> "transform" [style=dashed, label="none_failed"];
              "transform" -> "ask";
              "extract" -> "load";
              "ask" -> "load";
              "alert" -> "page";
              "extract" -> "alert";
            }\
            """);
  }
}
