package dev.mahavishnu.view.graph;

import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.State;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowGraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who waits for whom in a flow or in a run of it.
 *
 * @param flow name of the flow
 * @param run empty for a flow that is no run
 * @param sections the flow itself first
 * @param across edges from one section to another: a failure handler that names a task
 * @param moreSubflows how many subflows of the run have no section
 */
public record Graph(
    String flow, Optional<Run> run, List<Section> sections, List<Edge> across, int moreSubflows) {

  /** Which run, and how it stands now. */
  record Run(RunId id, State state) {}

  public Graph {
    sections = List.copyOf(sections);
    across = List.copyOf(across);
  }

  /** The graph of a flow. */
  public static Graph of(Flow flow, FlowGraph graph) {
    FlowSections sections = new FlowSections(new Shape(flow, graph), "", Progress.NONE);
    return new Graph(flow.name(), Optional.empty(), sections.all(), sections.across(), 0);
  }

  /** All tasks by their keys, in the order of the sections. */
  Map<String, GraphNode> nodes() {
    Map<String, GraphNode> nodes = new LinkedHashMap<>();
    sections.forEach(section -> section.nodes().forEach(node -> nodes.put(node.key(), node)));
    return nodes;
  }

  /** All edges, those between sections last. */
  List<Edge> edges() {
    List<Edge> edges = new ArrayList<>();
    sections.forEach(section -> edges.addAll(section.edges()));
    edges.addAll(across);
    return edges;
  }

  /** The subflows that hang on a task that is shown. */
  List<Section> owned() {
    Map<String, GraphNode> nodes = nodes();
    return sections.stream()
        .filter(s -> s.role() == Section.Role.SUBFLOW && nodes.containsKey(s.ownerTask()))
        .toList();
  }
}
