package dev.mahavishnu.view;

import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowGraph;
import dev.mahavishnu.spec.Task;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a run of a flow would do, as one JSON object. */
public final class PlanJson {
  private static final JsonMapper MAPPER = new JsonMapper();

  private PlanJson() {}

  /** One line: the parameters bound, and the tasks in an order in which they may run. */
  public static String line(Flow flow, FlowGraph graph, JsonNode parameters) {
    ObjectNode json = MAPPER.createObjectNode().put("type", "plan").put("flow", flow.name());
    json.set("parameters", parameters);
    ArrayNode tasks = json.putArray("tasks");
    for (String id : graph.order()) {
      flow.task(id).ifPresent(task -> add(tasks, task, flow, graph));
    }
    return MAPPER.writeValueAsString(json);
  }

  private static void add(ArrayNode tasks, Task task, Flow flow, FlowGraph graph) {
    ObjectNode json = tasks.addObject().put("task", task.id()).put("kind", task.work().type());
    ArrayNode after = json.putArray("after");
    graph.upstream(task.id()).stream().sorted().forEach(after::add);
    json.put("mapped", task.map().isPresent());
    json.put("on_failure", flow.onFailure().contains(task));
  }
}
