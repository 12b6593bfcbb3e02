package dev.mahavishnu.cli;

import dev.mahavishnu.prefect.Filter;
import dev.mahavishnu.prefect.FlowRuns;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.ServerState;
import dev.mahavishnu.prefect.TaskRuns;
import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.TaskKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What a run came to: the last state of it and of each of its task runs, where a task that has
 * items is its items.
 */
record Ended(String state, Map<String, String> tasks, JsonNode outputs) {

  /** As the journal tells it. */
  static Ended of(RunHistory history, RunId run) {
    String state = "";
    Map<String, String> tasks = new TreeMap<>();
    Set<TaskKey> mapped = new HashSet<>();
    for (Recorded recorded : history.events(run, 1)) {
      switch (recorded.event()) {
        case RunEvent.Moved moved -> state = moved.state().name();
        case RunEvent.TaskMoved moved -> tasks.put(moved.task().text(), moved.state().name());
        case RunEvent.Mapped m when m.size() > 0 -> mapped.add(m.task());
        default -> {}
      }
    }
    mapped.forEach(whole -> tasks.remove(whole.text()));
    long outputs = history.fold(run).orElseThrow().outputs();
    return new Ended(
        state,
        tasks,
        outputs < 0 ? JsonNodeFactory.instance.objectNode() : history.output(run, outputs));
  }

  /** As the server tells it, which tells no outputs. */
  static Ended of(PrefectClient client, UUID flowRun) {
    Map<String, String> tasks = new TreeMap<>();
    collect(client, flowRun, "", tasks);
    FlowRuns.FlowRun run = client.flowRuns().find(flowRun).orElseThrow();
    return new Ended(
        run.state().orElseThrow().name(), tasks, JsonNodeFactory.instance.objectNode());
  }

  private static void collect(
      PrefectClient client, UUID flowRun, String scope, Map<String, String> tasks) {
    Map<UUID, String> keys = new HashMap<>();
    try (Stream<TaskRuns.TaskRun> all = client.taskRuns().filter(Filter.ALL.flowRunIds(flowRun))) {
      all.forEach(
          task -> {
            String key = scope + task.name();
            keys.put(task.id(), key);
            String before = tasks.put(key, task.state().map(ServerState::name).orElse("none"));
            if (before != null) {
              throw new AssertionError(key + " is there twice");
            }
          });
    }
    try (Stream<FlowRuns.FlowRun> below = client.flowRuns().filter(Filter.ALL.parents(flowRun))) {
      below.forEach(
          run ->
              collect(
                  client, run.id(), keys.get(run.parentTaskRunId().orElseThrow()) + "/", tasks));
    }
  }

  Ended withoutOutputs() {
    return new Ended(state, tasks, JsonNodeFactory.instance.objectNode());
  }

  static Ended of(ContractCase expected) {
    return new Ended(expected.state(), expected.tasks(), expected.outputs());
  }
}
