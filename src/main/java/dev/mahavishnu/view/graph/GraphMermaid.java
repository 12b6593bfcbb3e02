package dev.mahavishnu.view.graph;

import dev.mahavishnu.run.Spans;
import dev.mahavishnu.spec.RunIf;
import dev.mahavishnu.view.StateSign;
import dev.mahavishnu.view.Tone;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** A graph for Mermaid. */
public final class GraphMermaid {
  private final Graph graph;
  private final Names names = new Names();
  private final List<String> lines = new ArrayList<>();

  public GraphMermaid(Graph graph) {
    this.graph = graph;
  }

  public List<String> lines() {
    lines.clear();
    lines.add("flowchart TD");
    for (int i = 0; i < graph.sections().size(); i++) {
      section(graph.sections().get(i), i);
    }
    edges();
    for (Section section : graph.owned()) {
      lines.add(
          "  " + names.of(section.ownerTask()) + " -.- s" + graph.sections().indexOf(section));
    }
    colours();
    return List.copyOf(lines);
  }

  private void section(Section section, int number) {
    boolean framed = section.role() != Section.Role.FLOW;
    if (framed) {
      lines.add("  subgraph s" + number + "[\"" + section.title() + "\"]");
    }
    section.nodes().forEach(node -> lines.add((framed ? "    " : "  ") + node(node)));
    if (framed) {
      lines.add("  end");
    }
  }

  private String node(GraphNode node) {
    String label = "\"" + node.name() + "<br/><small>" + below(node) + "</small>\"";
    return names.of(node.key())
        + (node.items().isPresent() ? "[[" + label + "]]" : "[" + label + "]");
  }

  /** What stands under the name. */
  static String below(GraphNode node) {
    String items =
        node.items()
            .filter(i -> i.size().isPresent())
            .map(i -> " " + i.text("×", node.isUnderWay()))
            .orElse("");
    String state =
        node.standing()
            .map(s -> s.state().name() + s.took().map(t -> " " + Spans.text(t)).orElse(""))
            .orElse(node.kind());
    return state + items;
  }

  private void edges() {
    Map<String, GraphNode> nodes = graph.nodes();
    for (Edge edge : graph.edges()) {
      RunIf rule = Objects.requireNonNull(nodes.get(edge.to())).rule();
      String arrow = rule == RunIf.ALL_SUCCESS ? " --> " : " -. " + rule.text() + " .-> ";
      lines.add("  " + names.of(edge.from()) + arrow + names.of(edge.to()));
    }
  }

  private void colours() {
    Map<Tone, List<String>> byTone = new EnumMap<>(Tone.class);
    for (Section section : graph.sections()) {
      for (GraphNode node : section.nodes()) {
        node.standing()
            .ifPresent(
                s ->
                    byTone
                        .computeIfAbsent(StateSign.tone(s.state()), _ -> new ArrayList<>())
                        .add(names.of(node.key())));
      }
    }
    byTone.forEach(
        (tone, of) -> {
          String name = tone.name().toLowerCase(Locale.ROOT);
          Colour colour = Colour.of(tone);
          lines.add(
              "  classDef "
                  + name
                  + " fill:"
                  + colour.fill()
                  + ",stroke:"
                  + colour.line()
                  + ",color:#1f2328");
          lines.add("  class " + String.join(",", of) + " " + name);
        });
  }
}
