package dev.mahavishnu.view.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever follows the lines of a drawing finds the edges of the graph, and no others. */
final class DrawingTest {
  private static final int GRAPHS = 1_500;
  private static final int MOST_TASKS = 14;

  private static List<String> draw(Graph graph, Direction direction) {
    Section section = graph.sections().getFirst();
    Layers layers =
        Layers.of(section.nodes().size(), GraphText.links(section), 10_000).orElseThrow();
    Labels labels = new Labels(Sketch.SIGNS, Sketch.NOW, false, 40);
    return Drawing.of(
            layers,
            section.nodes().stream().map(labels::of).toList(),
            direction,
            10_000,
            Sketch.SIGNS)
        .orElseThrow();
  }

  @ParameterizedTest
  @EnumSource
  void the_lines_of_a_drawing_are_the_edges_of_its_graph(Direction direction) {
    int crossed = 0;
    for (int seed = 0; seed < GRAPHS; seed++) {
      Graph graph = Sketch.random(seed, MOST_TASKS);
      List<String> lines = draw(graph, direction);
      DrawingReader reader = new DrawingReader(lines, direction == Direction.ACROSS);
      String picture = "graph " + seed + " as\n" + String.join("\n", lines);

      assertThat(reader.names())
          .as(picture)
          .isEqualTo(
              graph.sections().getFirst().nodes().stream()
                  .map(GraphNode::name)
                  .collect(Collectors.toSet()));
      assertThat(reader.edges())
          .as(picture)
          .isEqualTo(new HashSet<>(graph.sections().getFirst().edges()));
      crossed += String.join("", lines).contains("─│─") ? 1 : 0;
    }
    // The graphs are entangled enough for the test to mean something.
    assertThat(crossed).isGreaterThan(GRAPHS / 20);
  }
}
