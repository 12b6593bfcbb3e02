package dev.mahavishnu.prefect.mirror;

import dev.mahavishnu.prefect.TaskRuns;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
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
    Map<String, List<Input>> inputs,
    int retries,
    long retryDelay) {

  /**
   * What a task run waited for.
   *
   * @param flowRun key of the flow run that the task run stands for: the server's graph shows that
   *     in its place
   */
  record Input(UUID taskRun, Optional<String> flowRun) {}

  TaskRuns.Draft draft(UUID taskRun, UUID flowRun, Function<String, UUID> flowRuns) {
    return TaskRuns.Draft.of(flowRun, taskKey, dynamicKey)
        .id(taskRun)
        .name(name)
        .tags(tags)
        .inputs(taskInputs(flowRuns))
        .retries(retries, List.of((int) Math.min(Integer.MAX_VALUE, retryDelay)));
  }

  private ObjectNode taskInputs(Function<String, UUID> flowRuns) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    inputs.forEach(
        (parameter, from) -> {
          ArrayNode list = all.putArray(parameter);
          for (Input input : from) {
            UUID id = input.flowRun.map(flowRuns).orElse(input.taskRun);
            list.addObject()
                .put("input_type", input.flowRun.isPresent() ? "flow_run" : "task_run")
                .put("id", id.toString());
          }
        });
    return all;
  }

  ObjectNode json(Function<String, UUID> flowRuns) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", name).put("task_key", taskKey).put("dynamic_key", dynamicKey);
    json.set("task_inputs", taskInputs(flowRuns));
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
