package dev.mahavishnu.cli;

import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.TaskKey;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

  static Ended of(ContractCase expected) {
    return new Ended(expected.state(), expected.tasks(), expected.outputs());
  }
}
