package dev.mahavishnu.view.graph;

import dev.mahavishnu.spec.RunIf;
import dev.mahavishnu.view.StateSign;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A graph for Graphviz. */
public final class GraphDot {
  private final Graph graph;
  private final List<String> lines = new ArrayList<>();

  public GraphDot(Graph graph) {
    this.graph = graph;
  }

  public List<String> lines() {
    lines.clear();
    lines.add("digraph \"" + graph.flow() + "\" {");
    lines.add("  node [shape=box, fontname=\"sans-serif\"];");
    for (int i = 0; i < graph.sections().size(); i++) {
      section(graph.sections().get(i), i);
    }
    edges();
    graph.owned().forEach(this::owner);
    lines.add("}");
    return List.copyOf(lines);
  }

  private void section(Section section, int number) {
    boolean framed = section.role() != Section.Role.FLOW;
    String indent = framed ? "    " : "  ";
    if (framed) {
      lines.add("  subgraph cluster_" + number + " {");
      lines.add(indent + "label=\"" + section.title() + "\"; style=dashed;");
    }
    section.nodes().forEach(node -> lines.add(indent + node(node)));
    if (framed) {
      lines.add("  }");
    }
  }

  private static String node(GraphNode node) {
    String shape = node.items().isPresent() ? ", peripheries=2" : "";
    String colour =
        node.standing()
            .map(s -> Colour.of(StateSign.tone(s.state())))
            .map(c -> ", style=filled, fillcolor=\"" + c.fill() + "\", color=\"" + c.line() + "\"")
            .orElse("");
    String label = node.name() + "\\n" + GraphMermaid.below(node);
    return "\"" + node.key() + "\" [label=\"" + label + "\"" + shape + colour + "];";
  }

  private void edges() {
    Map<String, GraphNode> nodes = graph.nodes();
    for (Edge edge : graph.edges()) {
      RunIf rule = Objects.requireNonNull(nodes.get(edge.to())).rule();
      String style =
          rule == RunIf.ALL_SUCCESS ? "" : " [style=dashed, label=\"" + rule.text() + "\"]";
      lines.add("  \"" + edge.from() + "\" -> \"" + edge.to() + "\"" + style + ";");
    }
  }

  /** A subflow hangs on the task that runs it. */
  private void owner(Section section) {
    if (!section.nodes().isEmpty()) {
      lines.add(
          "  \""
              + section.ownerTask()
              + "\" -> \""
              + section.nodes().getFirst().key()
              + "\" [style=dotted, arrowhead=none];");
    }
  }
}
