package dev.mahavishnu.view.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.State;
import dev.mahavishnu.spec.RunIf;
import dev.mahavishnu.view.Palette;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class GraphTextTest {
  private static final String ETL =
      "extract, validate: extract, transform: extract validate, load: transform, report: load";

  private static String chain(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> i == 0 ? "t0" : "t" + i + ": t" + (i - 1))
        .collect(Collectors.joining(", "));
  }

  private static String ascii(String text, int width) {
    return String.join(
        "\n", new GraphText(Palette.ASCII, width, Sketch.NOW).drawn(Sketch.of(text)).lines());
  }

  @Test
  void tasks_that_wait_for_each_other_stand_from_left_to_right() {
    assertThat(Sketch.drawn("fetch, clean: fetch, load: clean", 60))
        .isEqualTo("fetch ──► clean ──► load");
    assertThat(Sketch.drawn("a, b: a, c: a, d: b c", 60))
        .isEqualTo(
            """
            a ─┬─► b ─┬─► d
               └─► c ─┘\
            """);
    assertThat(Sketch.drawn("alone", 60)).isEqualTo("alone");
  }

  @Test
  void a_line_past_other_tasks_runs_beside_them() {
    assertThat(Sketch.drawn(ETL, 80))
        .isEqualTo(
            """
            extract ─┬─► validate ─┐
                     └─────────────┴─► transform ──► load ──► report\
            """);
  }

  @Test
  void a_wide_fan_is_a_line_a_task() {
    assertThat(Sketch.drawn("s, a: s, b: s, c: s, d: s, e: s, join: a b c d e, last: join", 60))
        .isEqualTo(
            """
               ┌─► a ─┐
               ├─► b ─┤
            s ─┼─► c ─┼─► join ──► last
               ├─► d ─┤
               └─► e ─┘\
            """);
  }

  @Test
  void lines_that_mean_different_things_come_to_a_task_each_by_itself() {
    assertThat(Sketch.drawn("a1, a2, b1: a1 a2, b2: a2, b3: a1", 60))
        .isEqualTo(
            """
            a1 ─┬──► b3
                └─►┬ b1
            a2 ─┬─►┘
                └──► b2\
            """);
  }

  @Test
  void lines_that_cross_do_not_touch() {
    assertThat(Sketch.drawn("a1, a2, a3, b1: a1 a2, b2: a2 a3, b3: a1 a3, c: b1 b2 b3", 60))
        .isEqualTo(
            """
                ┌───┐
                │   ├─►┬ b1 ─┐
            a1 ─┘ ┌─│─►┘     │
            a2 ───┤ └─►┬ b3 ─┼─► c
            a3 ─┬─│───►┘     │
                │ └───►┬ b2 ─┘
                └─────►┘\
            """);
  }

  @Test
  void what_is_too_long_for_sixty_columns_goes_down() {
    assertThat(
            Sketch.drawn(
                "extract_all_of_the_orders, validate_each_of_them: extract_all_of_the_orders,"
                    + " load: extract_all_of_the_orders validate_each_of_them,"
                    + " tell_those_who_wait: load",
                60))
        .isEqualTo(
            """
                    extract_all_of_the_orders
                      ┌─────────┴──┐
                      ▼            │
            validate_each_of_them  │
                      └────────┬───┘
                               ▼
                              load
                               ▼
                      tell_those_who_wait\
            """);
    assertThat(Sketch.drawn(chain(4), 10)).isEqualTo("t0\n▼\nt1\n▼\nt2\n▼\nt3");
  }

  @Test
  void long_names_are_cut_before_a_drawing_is_given_up() {
    assertThat(
            Sketch.drawn(
                "s, a_rather_long_name: s, b_rather_long_name: s, c_rather_long_name: s, j:"
                    + " a_rather_long_name b_rather_long_name c_rather_long_name",
                30))
        .isEqualTo(
            """
               ┌─► a_rather_long… ─┐
            s ─┼─► b_rather_long… ─┼─► j
               └─► c_rather_long… ─┘\
            """);
  }

  @Test
  void without_other_signs_ascii_does() {
    assertThat(ascii("a1, a2, a3, b1: a1 a2, b2: a2 a3, b3: a1 a3, c: b1 b2 b3", 60))
        .isEqualTo(
            """
                +---+
                |   +->+ b1 -+
            a1 -+ +-|->+     |
            a2 ---+ +->+ b3 -+-> c
            a3 -+-|--->+     |
                | +--->+ b2 -+
                +----->+\
            """);
    assertThat(ascii(ETL, 20))
        .isEqualTo(
            """
                 extract
               +----+-+
               v      |
            validate  |
               +----+-+
                    v
                transform
                    v
                   load
                    v
                  report\
            """);
  }

  @Test
  void what_does_not_fit_is_a_tree_and_that_is_said() {
    GraphText.Result narrow =
        new GraphText(Sketch.SIGNS, 12, Sketch.NOW)
            .drawn(Sketch.of("s, a: s, b: s, c: s, d: s, abc: a, bcd: b, cde: c"));
    GraphText.Result huge =
        new GraphText(Sketch.SIGNS, 60, Sketch.NOW).drawn(Sketch.of(chain(10_000)));

    assertThat(narrow.note()).isEqualTo("the graph does not fit into 12 columns; this is its tree");
    assertThat(String.join("\n", narrow.lines()))
        .isEqualTo(
            """
            s  shell
            ┝╴a  shell
            ┆ ↓ abc  sh…
            ┝╴b  shell
            ┆ ↓ bcd  sh…
            ┝╴c  shell
            ┆ ↓ cde  sh…
            ╰╴d  shell\
            """);
    assertThat(huge.note())
        .isEqualTo("the graph has too many tasks and lines to draw them here; this is its tree");
    assertThat(huge.lines()).hasSize(10_000).endsWith("↓ t9999  shell");
  }

  private static GraphNode node(String key, State state, int attempt, Optional<ItemCount> items) {
    return new GraphNode(
        key,
        key.substring(key.indexOf('/') + 1),
        "shell",
        items,
        RunIf.ALL_SUCCESS,
        Optional.of(
            new Standing(
                state,
                attempt,
                attempt > 0 ? Optional.of(Duration.ofMillis(1_200)) : Optional.empty())));
  }

  private static Graph run() {
    State failed = new State.Failed(State.Failed.How.ERROR, "exited with 1");
    Section flow =
        new Section(
            Section.Role.FLOW,
            "",
            "nightly",
            List.of(
                node("extract", State.Completed.DONE, 1, Optional.empty()),
                node(
                    "clean",
                    failed,
                    1,
                    Optional.of(new ItemCount(OptionalInt.of(10_000), 9_000, 3))),
                node("sub", new State.Running(false), 2, Optional.empty()),
                node("load", new State.Pending(), 0, Optional.empty())),
            List.of(
                new Edge("extract", "clean"),
                new Edge("extract", "sub"),
                new Edge("clean", "load"),
                new Edge("sub", "load")));
    Section handlers =
        new Section(
            Section.Role.ON_FAILURE,
            "",
            "nightly",
            List.of(node("alarm", State.Completed.DONE, 1, Optional.empty())),
            List.of());
    Section sub =
        new Section(
            Section.Role.SUBFLOW,
            "sub",
            "inner",
            List.of(
                node("sub/one", State.Completed.DONE, 1, Optional.empty()),
                node("sub/two", new State.Pending(), 0, Optional.empty())),
            List.of(new Edge("sub/one", "sub/two")));
    return new Graph(
        "nightly",
        Optional.of(new Graph.Run(new RunId("261123-213045-k7qd"), failed)),
        List.of(flow, handlers, sub),
        List.of(),
        9_992);
  }

  @Test
  void a_run_is_drawn_with_its_states_and_its_subflows_below_it() {
    assertThat(String.join("\n", new GraphText(Sketch.SIGNS, 80, Sketch.NOW).drawn(run()).lines()))
        .isEqualTo(
            """
            ✗ nightly 261123-213045-k7qd  Failed
            ✓ extract 1.2s ─┬─► ✗ clean ×9000/10000 3 failed 1.2s ─┬─► ○ load
                            └─► ⠋ sub attempt 2 1.2s ──────────────┘

            on failure
            ✓ alarm 1.2s

            sub: inner
            ✓ one 1.2s ──► ○ two

            and 9992 more subflows\
            """);
  }

  @Test
  void states_have_their_colours_and_lines_are_dim() {
    assertThat(new GraphText(new Palette(true, true), 80, Sketch.NOW).drawn(run()).lines())
        .contains("\u001b[32m✓ one\u001b[0m\u001b[2m 1.2s ──► ○ two\u001b[0m");
  }

  @Test
  void programs_get_the_states_too() {
    assertThat(new GraphMermaid(run()).lines())
        .contains(
            "  t1[[\"clean<br/><small>Failed 1.2s ×9000/10000</small>\"]]",
            "  subgraph s1[\"on failure\"]",
            "  t2 -.- s2",
            "  class t1 bad");
    assertThat(new GraphDot(run()).lines())
        .contains(
            "  \"load\" [label=\"load\\nPending\", style=filled, fillcolor=\"#f6f8fa\","
                + " color=\"#848d97\"];",
            "  \"sub\" -> \"sub/one\" [style=dotted, arrowhead=none];");
    assertThat(GraphJson.line(run()))
        .startsWith(
            "{\"flow\":\"nightly\",\"run\":\"261123-213045-k7qd\",\"state\":\"FAILED\",\"tasks\":["
                + "{\"task\":\"extract\",\"kind\":\"shell\",\"in\":\"\",\"on_failure\":false,"
                + "\"state\":\"COMPLETED\",\"name\":\"Completed\",\"attempt\":1,\"seconds\":1.2}")
        .endsWith("{\"from\":\"sub/one\",\"to\":\"sub/two\"}],\"more_subflows\":9992}");
  }
}
