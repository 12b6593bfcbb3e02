package dev.mahavishnu.view.graph;

import dev.mahavishnu.run.TaskKey;
import java.util.List;

/**
 * A part of a graph that is drawn by itself.
 *
 * @param owner key of the task that runs it, of a subflow; else empty
 * @param flow name of the flow
 * @param edges between its nodes
 */
record Section(Role role, String owner, String flow, List<GraphNode> nodes, List<Edge> edges) {
  /** Whose tasks they are. */
  enum Role {
    FLOW,
    /** The failure handlers: they wait for all tasks of their flow, so no edge says that. */
    ON_FAILURE,
    SUBFLOW
  }

  Section {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
  }

  /** Key of the task whose task run, or one of whose items, runs it. */
  String ownerTask() {
    return owner.isEmpty() ? "" : TaskKey.parse(owner).whole().text();
  }

  /** What stands above it; empty for the flow itself. */
  String title() {
    String of = owner.isEmpty() ? "" : owner + ": ";
    return switch (role) {
      case FLOW -> "";
      case ON_FAILURE -> of + "on failure";
      case SUBFLOW -> of + flow;
    };
  }
}
