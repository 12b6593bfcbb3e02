package dev.mahavishnu.prefect.mirror;

import dev.mahavishnu.prefect.TaskRuns;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a task run is, whatever its state.
 *
 * @param name as the graph shows it
 * @param taskKey id of the task
 * @param dynamicKey index of the item; 0 where there is only one task run
 * @param inputs the task runs it waited for, by what they gave it; shared, not to be changed
 * @param retries how often it may be tried again
 * @param retryDelay seconds before the first of them
 */
record TaskRunFields(
    String name,
    String taskKey,
    String dynamicKey,
    List<String> tags,
    Map<String, List<UUID>> inputs,
    int retries,
    long retryDelay) {

  TaskRuns.Draft draft(UUID taskRun, UUID flowRun) {
    TaskRuns.Draft draft =
        TaskRuns.Draft.of(flowRun, taskKey, dynamicKey)
            .id(taskRun)
            .name(name)
            .tags(tags)
            .retries(retries, List.of((int) Math.min(Integer.MAX_VALUE, retryDelay)));
    for (Map.Entry<String, List<UUID>> input : inputs.entrySet()) {
      draft = draft.input(input.getKey(), input.getValue());
    }
    return draft;
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", name).put("task_key", taskKey).put("dynamic_key", dynamicKey);
    ObjectNode edges = json.putObject("task_inputs");
    inputs.forEach(
        (parameter, ids) -> {
          var list = edges.putArray(parameter);
          ids.forEach(
              id -> list.addObject().put("input_type", "task_run").put("id", id.toString()));
        });
    var tagList = json.putArray("tags");
    tags.forEach(tagList::add);
    json.putObject("labels");
    json.putObject("empirical_policy")
        .put("max_retries", 0)
        .put("retry_delay_seconds", 0.0)
        .put("retries", retries)
        .put("retry_delay", retryDelay);
    return json;
  }
}
