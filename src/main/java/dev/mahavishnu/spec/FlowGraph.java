package dev.mahavishnu.spec;

import dev.mahavishnu.spec.ExpressionChecker.Scope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who depends on whom in a flow: by {@code depends_on}, and by every task that an expression names.
 * Ids that no task has are left out.
 */
public final class FlowGraph {
  private static final Node NOBODY = new Node(Set.of(), Set.of(), Set.of(), Set.of());

  private final Map<String, Node> nodes;
  private final Map<String, List<String>> downstream = new HashMap<>();
  private final List<String> order;

  private record Node(
      Set<String> upstream, Set<String> tasks, Set<String> parameters, Set<String> secrets) {}

  private FlowGraph(Map<String, Node> nodes) {
    this.nodes = nodes;
    nodes.forEach(
        (id, node) ->
            node.upstream.forEach(
                up -> downstream.computeIfAbsent(up, _ -> new ArrayList<>()).add(id)));
    this.order = sort();
  }

  /** The graph of all tasks, failure handlers included. */
  public static FlowGraph of(Flow flow, ExpressionChecker checker) {
    return of(Analysis.of(flow, checker, ""));
  }

  static FlowGraph of(Analysis analysis) {
    Set<String> ids = new LinkedHashSet<>();
    analysis.places().forEach(p -> ids.add(p.task().id()));
    Map<String, Node> nodes = new LinkedHashMap<>();
    for (int i = 0; i < analysis.places().size(); i++) {
      Task task = analysis.places().get(i).task();
      nodes.put(task.id(), node(task, analysis.uses(i), ids));
    }
    return new FlowGraph(nodes);
  }

  /** What the expressions of a flow may name. */
  public static Scope scope(Flow flow) {
    return Analysis.scope(flow);
  }

  private static Node node(Task task, List<Analysis.Use> uses, Set<String> ids) {
    Set<String> tasks = new LinkedHashSet<>();
    Set<String> parameters = new LinkedHashSet<>();
    Set<String> secrets = new LinkedHashSet<>();
    for (Analysis.Use use : uses) {
      tasks.addAll(use.checked().tasks());
      parameters.addAll(use.checked().parameters());
      secrets.addAll(use.checked().secrets());
    }
    tasks.retainAll(ids);
    Set<String> upstream = new LinkedHashSet<>(task.dependsOn());
    upstream.retainAll(ids);
    upstream.addAll(tasks);
    return new Node(
        Collections.unmodifiableSet(upstream),
        Collections.unmodifiableSet(tasks),
        Set.copyOf(parameters),
        Set.copyOf(secrets));
  }

  private Node node(String id) {
    return nodes.getOrDefault(id, NOBODY);
  }

  /** Ids of the tasks that must end before this one. */
  public Set<String> upstream(String id) {
    return node(id).upstream;
  }

  /** Ids of the tasks that wait for this one, in the order of the flow. */
  public List<String> downstream(String id) {
    return downstream.getOrDefault(id, List.of());
  }

  /** Ids of the tasks that its expressions name. */
  public Set<String> references(String id) {
    return node(id).tasks;
  }

  /** Names of the parameters that its expressions name. */
  public Set<String> parameters(String id) {
    return node(id).parameters;
  }

  /** Names of the secrets that its expressions name. */
  public Set<String> secrets(String id) {
    return node(id).secrets;
  }

  /**
   * All ids, each after those it depends on; as close to the order of the flow as that allows. Ids
   * on a cycle, and what waits for them, are missing.
   */
  public List<String> order() {
    return order;
  }

  /**
   * A cycle, from upstream to downstream, its first id again at the end; empty when there is none.
   */
  public List<String> cycle() {
    if (order.size() == nodes.size()) {
      return List.of();
    }
    Map<String, Set<String>> upstream = new LinkedHashMap<>();
    nodes.forEach((id, node) -> upstream.put(id, node.upstream));
    return new Cycles(upstream).find().getFirst();
  }

  private List<String> sort() {
    Map<String, Integer> waiting = new HashMap<>();
    Deque<String> ready = new ArrayDeque<>();
    nodes.forEach(
        (id, node) -> {
          waiting.put(id, node.upstream.size());
          if (node.upstream.isEmpty()) {
            ready.add(id);
          }
        });
    List<String> sorted = new ArrayList<>(nodes.size());
    while (!ready.isEmpty()) {
      String id = ready.remove();
      sorted.add(id);
      for (String next : downstream(id)) {
        if (waiting.merge(next, -1, Integer::sum) == 0) {
          ready.add(next);
        }
      }
    }
    return List.copyOf(sorted);
  }
}
