package dev.mahavishnu.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a run's own copy of its spec says of the tasks. */
final class SpecFields {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Set<String> KNOWN_BY_OTHER_MEANS = Set.of("id", "description");

  private final JsonNode spec;

  /**
   * @param spec canonical JSON
   */
  SpecFields(String spec) {
    this.spec = MAPPER.readTree(spec);
  }

  private List<JsonNode> tasks() {
    List<JsonNode> tasks = new ArrayList<>();
    spec.path("tasks").forEach(tasks::add);
    spec.path("on_failure").forEach(tasks::add);
    return tasks;
  }

  /** Ids of all tasks, in the order of the flow. */
  List<String> ids() {
    return tasks().stream().map(task -> task.path("id").asString("")).toList();
  }

  /** Ids of the failure handlers. */
  List<String> handlers() {
    List<String> ids = new ArrayList<>();
    spec.path("on_failure").forEach(task -> ids.add(task.path("id").asString("")));
    return ids;
  }

  private Optional<JsonNode> task(String id) {
    return tasks().stream().filter(task -> task.path("id").asString("").equals(id)).findFirst();
  }

  /** The attempts that a task may take. */
  int attempts(String id) {
    return 1 + task(id).map(task -> task.path("retries").asInt(0)).orElse(0);
  }

  /** The fields of a task but for its id. */
  List<Evidence.Field> of(String id, EvidenceText text) {
    List<Evidence.Field> fields = new ArrayList<>();
    task(id)
        .ifPresent(
            task ->
                task.properties().stream()
                    .filter(e -> !KNOWN_BY_OTHER_MEANS.contains(e.getKey()))
                    .forEach(
                        e -> fields.add(new Evidence.Field(e.getKey(), text.field(e.getValue())))));
    return fields;
  }
}
