package dev.mahavishnu.view;

import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The ids of a flow's tasks in the order written, failure handlers apart. */
record Outline(List<String> tasks, List<String> onFailure) {
  private static final JsonMapper MAPPER = new JsonMapper();

  Outline {
    tasks = List.copyOf(tasks);
    onFailure = List.copyOf(onFailure);
  }

  /** Reads the canonical JSON of a flow, as a journal holds it. */
  static Outline of(String spec) {
    JsonNode flow = MAPPER.readTree(spec);
    return new Outline(ids(flow.path("tasks")), ids(flow.path("on_failure")));
  }

  private static List<String> ids(JsonNode tasks) {
    return StreamSupport.stream(tasks.spliterator(), false)
        .map(task -> task.path("id").asString(""))
        .toList();
  }
}
