package dev.mahavishnu.view.graph;

import dev.mahavishnu.spec.RunIf;
import dev.mahavishnu.view.Palette;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** Graphs as tests tell them: {@code "a, b: a, d: b c"} is a, then b after a, then d after both. */
final class Sketch {
  static final Palette SIGNS = new Palette(false, true);
  static final Instant NOW = Instant.parse("2026-11-23T21:30:45Z");

  private Sketch() {}

  static GraphNode node(String name) {
    return new GraphNode(
        name, name, "shell", Optional.empty(), RunIf.ALL_SUCCESS, Optional.empty());
  }

  static Graph of(String text) {
    List<GraphNode> nodes = new ArrayList<>();
    List<Edge> edges = new ArrayList<>();
    for (String part : text.split(",")) {
      String[] sides = part.strip().split(":");
      nodes.add(node(sides[0].strip()));
      if (sides.length > 1) {
        Arrays.stream(sides[1].strip().split(" +"))
            .forEach(up -> edges.add(new Edge(up, sides[0].strip())));
      }
    }
    return graph(nodes, edges);
  }

  static Graph graph(List<GraphNode> nodes, List<Edge> edges) {
    Section section = new Section(Section.Role.FLOW, "", "f", nodes, edges);
    return new Graph("f", Optional.empty(), List.of(section), List.of(), 0);
  }

  /** Some tasks that each wait for a few of those before them. */
  static Graph random(long seed, int most) {
    SplittableRandom random = new SplittableRandom(seed);
    int count = random.nextInt(1, most + 1);
    List<GraphNode> nodes = new ArrayList<>();
    Set<Edge> edges = new LinkedHashSet<>();
    for (int i = 0; i < count; i++) {
      nodes.add(node("t" + "abcdefg".substring(0, random.nextInt(7)) + i));
      for (int up = 0; i > 0 && up < random.nextInt(4); up++) {
        edges.add(new Edge(nodes.get(random.nextInt(i)).key(), nodes.get(i).key()));
      }
    }
    return graph(nodes, List.copyOf(edges));
  }

  static String drawn(String text, int width) {
    return String.join("\n", new GraphText(SIGNS, width, NOW).drawn(of(text)).lines());
  }
}
