package dev.mahavishnu.eval;

import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowGraph;
import dev.mahavishnu.spec.RunIf;
import dev.mahavishnu.spec.Task;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A flow's tasks in one of the ways to say the same: a task that waits for all others and runs if
 * one failed is the same as one in {@code on_failure}.
 */
record Shaped(List<Task> tasks, List<Task> onFailure, Map<String, Set<String>> edges) {

  static Shaped of(Flow flow) {
    FlowGraph graph = FlowGraph.of(flow, Specs.CHECKER);
    List<Task> main = new ArrayList<>();
    List<Task> failure = new ArrayList<>();
    for (Task task : flow.tasks()) {
      (handles(task, flow, graph) ? failure : main).add(task);
    }
    failure.replaceAll(Shaped::unconditional);
    failure.addAll(flow.onFailure());
    Map<String, Set<String>> edges = new LinkedHashMap<>();
    Set<String> mainIds = new LinkedHashSet<>();
    main.forEach(t -> mainIds.add(t.id()));
    for (Task task : main) {
      edges.put(task.id(), new LinkedHashSet<>(graph.upstream(task.id())));
    }
    // Whatever a handler reads of the others, it runs after all of them.
    for (Task task : failure) {
      Set<String> ups = new LinkedHashSet<>(graph.upstream(task.id()));
      ups.removeAll(mainIds);
      edges.put(task.id(), ups);
    }
    return new Shaped(main, failure, edges);
  }

  private static boolean handles(Task task, Flow flow, FlowGraph graph) {
    return task.runIf() == RunIf.ONE_FAILED
        && flow.tasks().size() > 1
        && graph.upstream(task.id()).size() == flow.tasks().size() - 1
        && graph.downstream(task.id()).isEmpty();
  }

  private static Task unconditional(Task task) {
    return new Task(
        task.id(),
        task.description(),
        task.work(),
        task.dependsOn(),
        RunIf.ALL_SUCCESS,
        task.when(),
        task.map(),
        task.retry(),
        task.timeout(),
        task.cache(),
        task.env(),
        task.workingDir(),
        task.tags(),
        task.onCrash(),
        task.output(),
        task.files());
  }

  List<Task> all() {
    List<Task> all = new ArrayList<>(tasks);
    all.addAll(onFailure);
    return all;
  }

  Set<String> upstream(String id) {
    return edges.getOrDefault(id, Set.of());
  }

  /** Everything that must end first, over any number of steps. */
  static Set<String> closure(String start, Map<String, Set<String>> edges) {
    Set<String> seen = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(edges.getOrDefault(start, Set.of()));
    while (!open.isEmpty()) {
      String next = open.remove();
      if (seen.add(next)) {
        open.addAll(edges.getOrDefault(next, Set.of()));
      }
    }
    return seen;
  }
}
