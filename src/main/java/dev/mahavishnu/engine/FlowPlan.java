package dev.mahavishnu.engine;

import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowGraph;
import dev.mahavishnu.spec.Task;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A flow ready to be executed. */
final class FlowPlan {
  private final Flow flow;
  private final FlowGraph graph;
  private final String json;
  private final Path folder;
  private final Map<String, Task> tasks = new HashMap<>();

  /**
   * @param graph who depends on whom
   * @param json the flow as canonical JSON
   * @param folder what the flow's files are relative to
   */
  FlowPlan(Flow flow, FlowGraph graph, String json, Path folder) {
    this.flow = flow;
    this.graph = graph;
    this.json = json;
    this.folder = folder;
    flow.tasks().forEach(t -> tasks.put(t.id(), t));
    flow.onFailure().forEach(t -> tasks.put(t.id(), t));
  }

  Flow flow() {
    return flow;
  }

  FlowGraph graph() {
    return graph;
  }

  String json() {
    return json;
  }

  Path folder() {
    return folder;
  }

  /** A task or failure handler of the flow. */
  Task task(String id) {
    return Objects.requireNonNull(tasks.get(id), id);
  }

  /** Number of tasks, failure handlers included. */
  int size() {
    return tasks.size();
  }

  /**
   * A task and all that depend on it.
   *
   * @throws EngineException when the flow has no such task
   */
  List<String> withDownstream(String task) {
    if (flow.task(task).isEmpty()) {
      throw new EngineException("flow " + flow.name() + " has no task `" + task + "`");
    }
    Set<String> all = new LinkedHashSet<>();
    Deque<String> next = new ArrayDeque<>(List.of(task));
    while (!next.isEmpty()) {
      String id = next.remove();
      if (all.add(id)) {
        next.addAll(graph.downstream(id));
      }
    }
    return List.copyOf(all);
  }
}
