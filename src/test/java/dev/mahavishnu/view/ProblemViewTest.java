package dev.mahavishnu.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.spec.Position;
import dev.mahavishnu.spec.Problem;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProblemViewTest {
  private static final String SPEC = "flow: etl\ntasks:\n  - {id: 取得, depends_on: [extrct]}\n";

  private static String view(Problem problem, int width) {
    return String.join(
        "\n", new ProblemView(new Palette(false, true)).lines(List.of(problem), SPEC, width));
  }

  @Test
  void a_problem_shows_its_line_with_a_caret_under_the_place() {
    Problem problem =
        new Problem(
            "flows/etl.yaml",
            new Position(3, 27),
            "unknown task `extrct`",
            "did you mean `extract`?");

    assertThat(view(problem, 80))
        .isEqualTo(
            """
            flows/etl.yaml:3:27: unknown task `extrct`; did you mean `extract`?
            3 │   - {id: 取得, depends_on: [extrct]}
              │                             ^\
            """);
  }

  @Test
  void a_place_far_to_the_right_is_brought_into_view() {
    assertThat(view(new Problem("f.yaml", new Position(3, 27), "unknown", ""), 24).lines().skip(1))
        .containsExactly("3 │ ends_on: [extrct]}", "  │           ^");
  }

  @Test
  void a_place_outside_the_text_has_no_excerpt() {
    assertThat(view(new Problem("f.yaml", new Position(99, 1), "too short", ""), 80))
        .isEqualTo("f.yaml:99:1: too short");
  }

  @Test
  void many_problems_end_in_a_count() {
    List<Problem> problems =
        Collections.nCopies(25, new Problem("f.yaml", new Position(9, 1), "bad", ""));

    assertThat(new ProblemView(Palette.ASCII).lines(problems, SPEC, 80))
        .hasSize(21)
        .endsWith("and 5 more");
  }
}
