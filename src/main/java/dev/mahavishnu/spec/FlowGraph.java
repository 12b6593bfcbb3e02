package dev.mahavishnu.spec;

import dev.mahavishnu.spec.ExpressionChecker.Checked;
import dev.mahavishnu.spec.ExpressionChecker.Scope;
import dev.mahavishnu.spec.ExpressionChecker.Session;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    Session session = checker.open(scope(flow));
    List<Task> all = new ArrayList<>(flow.tasks());
    all.addAll(flow.onFailure());
    Set<String> ids = new LinkedHashSet<>();
    all.forEach(t -> ids.add(t.id()));
    Map<String, Node> nodes = new LinkedHashMap<>();
    for (Task task : all) {
      nodes.put(task.id(), node(task, session, ids));
    }
    return new FlowGraph(nodes);
  }

  /** What the expressions of a flow may name. */
  public static Scope scope(Flow flow) {
    Map<String, ValueType> parameters = new HashMap<>();
    flow.parameters().forEach(p -> parameters.put(p.name(), p.type()));
    Map<String, ValueType> outputs = new HashMap<>();
    flow.tasks().forEach(t -> outputs.put(t.id(), output(t)));
    flow.onFailure().forEach(t -> outputs.put(t.id(), output(t)));
    return new Scope(parameters, outputs, Set.copyOf(flow.secrets()));
  }

  private static ValueType output(Task task) {
    return task.map().isPresent() ? new ValueType.ListOf(task.output()) : task.output();
  }

  private static Node node(Task task, Session session, Set<String> ids) {
    Set<String> tasks = new LinkedHashSet<>();
    Set<String> parameters = new LinkedHashSet<>();
    Set<String> secrets = new LinkedHashSet<>();
    Optional<ValueType> item = task.map().map(_ -> ValueType.ANY);
    for (TaskText text : TaskText.of(task)) {
      for (Template.Part.Expression expression : expressions(text)) {
        Checked checked = session.check(expression.source(), item);
        tasks.addAll(checked.tasks());
        parameters.addAll(checked.parameters());
        secrets.addAll(checked.secrets());
      }
    }
    tasks.retainAll(ids);
    Set<String> upstream = new LinkedHashSet<>(task.dependsOn());
    upstream.retainAll(ids);
    upstream.addAll(tasks);
    return new Node(Set.copyOf(upstream), tasks, parameters, secrets);
  }

  /** A text that is no template has no expressions; the validator says what is wrong with it. */
  private static List<Template.Part.Expression> expressions(TaskText text) {
    try {
      return text.expressions();
    } catch (TemplateException e) {
      return List.of();
    }
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

  /** A cycle, its first id again at the end; empty when there is none. */
  public List<String> cycle() {
    if (order.size() == nodes.size()) {
      return List.of();
    }
    Set<String> sorted = Set.copyOf(order);
    String at =
        nodes.keySet().stream().filter(id -> !sorted.contains(id)).findFirst().orElseThrow();
    List<String> path = new ArrayList<>();
    while (!path.contains(at)) {
      path.add(at);
      at = node(at).upstream.stream().filter(up -> !sorted.contains(up)).findFirst().orElseThrow();
    }
    List<String> cycle = new ArrayList<>(path.subList(path.indexOf(at), path.size()));
    cycle.add(at);
    return cycle.reversed();
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
