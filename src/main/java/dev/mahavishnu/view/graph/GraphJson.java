package dev.mahavishnu.view.graph;

import dev.mahavishnu.spec.RunIf;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A graph as one JSON object. */
public final class GraphJson {
  private static final JsonMapper MAPPER = new JsonMapper();

  private GraphJson() {}

  /** One line. */
  public static String line(Graph graph) {
    ObjectNode json = MAPPER.createObjectNode().put("flow", graph.flow());
    graph
        .run()
        .ifPresent(run -> json.put("run", run.id().text()).put("state", run.state().type().name()));
    ArrayNode tasks = json.putArray("tasks");
    for (Section section : graph.sections()) {
      section.nodes().forEach(node -> add(tasks.addObject(), section, node));
    }
    ArrayNode edges = json.putArray("edges");
    graph.edges().forEach(e -> edges.addObject().put("from", e.from()).put("to", e.to()));
    json.put("more_subflows", graph.moreSubflows());
    return MAPPER.writeValueAsString(json);
  }

  private static void add(ObjectNode json, Section section, GraphNode node) {
    json.put("task", node.key()).put("kind", node.kind());
    json.put("in", section.owner());
    json.put("on_failure", section.role() == Section.Role.ON_FAILURE);
    if (node.rule() != RunIf.ALL_SUCCESS) {
      json.put("run_if", node.rule().text().toLowerCase(Locale.ROOT));
    }
    node.items()
        .ifPresent(
            items -> {
              ObjectNode of = json.putObject("items");
              items.size().ifPresent(size -> of.put("total", size));
              of.put("ended", items.ended()).put("failed", items.failed());
            });
    node.standing()
        .ifPresent(
            standing -> {
              json.put("state", standing.state().type().name());
              json.put("name", standing.state().name());
              json.put("attempt", standing.attempt());
              standing.took().ifPresent(t -> json.put("seconds", t.toMillis() / 1000.0));
            });
  }
}
