package dev.mahavishnu.view;

import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowGraph;
import dev.mahavishnu.spec.RunIf;
import dev.mahavishnu.spec.Task;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who waits for whom in a flow. */
public final class GraphView {
  private final Flow flow;
  private final FlowGraph graph;
  private final Map<String, Task> tasks = new LinkedHashMap<>();

  public GraphView(Flow flow, FlowGraph graph) {
    this.flow = flow;
    this.graph = graph;
    flow.tasks().forEach(t -> tasks.put(t.id(), t));
    flow.onFailure().forEach(t -> tasks.put(t.id(), t));
  }

  /** A place in the text tree that is still to be written. */
  private record Place(String id, String lead, String below) {}

  /**
   * A tree: each task once, below the last one it waits for; what else it waits for stands beside
   * it.
   *
   * @param width cells of a line
   */
  public List<String> tree(Palette palette, int width) {
    Map<String, List<String>> below = new HashMap<>();
    List<String> roots = place(below);
    String last = palette.sign("╰╴", "`-");
    String more = palette.sign("┝╴", "|-");
    List<String> lines = new ArrayList<>();
    Deque<Place> open = new ArrayDeque<>();
    roots.reversed().forEach(id -> open.push(new Place(id, "", "")));
    while (!open.isEmpty()) {
      Place place = open.pop();
      lines.add(label(place, below).render(palette, width));
      List<String> children = below.getOrDefault(place.id(), List.of());
      if (children.size() == 1) {
        String lead = place.below() + palette.sign("↓ ", "v ");
        open.push(new Place(children.getFirst(), lead, place.below()));
        continue;
      }
      for (int i = children.size() - 1; i >= 0; i--) {
        boolean end = i == children.size() - 1;
        String rest = place.below() + (end ? "  " : palette.sign("┆ ", "| "));
        open.push(new Place(children.get(i), place.below() + (end ? last : more), rest));
      }
    }
    return lines;
  }

  /** Puts each task below the last of those it waits for; gives those that wait for none. */
  private List<String> place(Map<String, List<String>> below) {
    List<String> roots = new ArrayList<>();
    Map<String, Integer> ranks = new HashMap<>();
    for (String id : graph.order()) {
      ranks.put(id, ranks.size());
      parent(id, ranks)
          .ifPresentOrElse(
              up -> below.computeIfAbsent(up, _ -> new ArrayList<>()).add(id), () -> roots.add(id));
    }
    return roots;
  }

  private java.util.Optional<String> parent(String id, Map<String, Integer> ranks) {
    return graph.upstream(id).stream()
        .max(java.util.Comparator.comparingInt(up -> ranks.getOrDefault(up, -1)));
  }

  private Line label(Place place, Map<String, List<String>> below) {
    Task task = task(place.id());
    Line line =
        new Line()
            .add(Tone.QUIET, place.lead())
            .add(task.id())
            .add(Tone.QUIET, "  " + task.work().type());
    if (task.map().isPresent()) {
      line.add(Tone.ACTIVE, ", mapped");
    }
    if (flow.onFailure().contains(task)) {
      line.add(Tone.WARN, ", on failure");
    }
    if (task.runIf() != RunIf.ALL_SUCCESS) {
      line.add(Tone.WARN, ", if " + task.runIf().text());
    }
    List<String> also =
        graph.upstream(place.id()).stream()
            .filter(up -> !below.getOrDefault(up, List.of()).contains(place.id()))
            .sorted()
            .toList();
    return also.isEmpty() ? line : line.add(Tone.QUIET, ", also after " + String.join(", ", also));
  }

  private Task task(String id) {
    return java.util.Objects.requireNonNull(tasks.get(id), id);
  }

  /** For Mermaid. */
  public List<String> mermaid() {
    Map<String, String> names = new HashMap<>();
    List<String> lines = new ArrayList<>(List.of("flowchart TD"));
    for (Task task : tasks.values()) {
      // Names of our own: an id such as `end` means something in Mermaid.
      String name = "t" + names.size();
      names.put(task.id(), name);
      String label = task.id() + "<br/><small>" + task.work().type() + "</small>";
      lines.add(
          task.map().isPresent()
              ? "  " + name + "[[\"" + label + "\"]]"
              : "  " + name + "[\"" + label + "\"]");
    }
    for (Task task : tasks.values()) {
      String arrow =
          task.runIf() == RunIf.ALL_SUCCESS ? " --> " : " -. " + task.runIf().text() + " .-> ";
      upstream(task).forEach(up -> lines.add("  " + names.get(up) + arrow + names.get(task.id())));
    }
    return lines;
  }

  /** For Graphviz. */
  public List<String> dot() {
    List<String> lines = new ArrayList<>();
    lines.add("digraph \"" + flow.name() + "\" {");
    lines.add("  node [shape=box, fontname=\"sans-serif\"];");
    for (Task task : tasks.values()) {
      String shape = task.map().isPresent() ? ", peripheries=2" : "";
      lines.add(
          "  \""
              + task.id()
              + "\" [label=\""
              + task.id()
              + "\\n"
              + task.work().type()
              + "\""
              + shape
              + "];");
    }
    for (Task task : tasks.values()) {
      String style =
          task.runIf() == RunIf.ALL_SUCCESS
              ? ""
              : " [style=dashed, label=\"" + task.runIf().text() + "\"]";
      upstream(task)
          .forEach(up -> lines.add("  \"" + up + "\" -> \"" + task.id() + "\"" + style + ";"));
    }
    lines.add("}");
    return lines;
  }

  /** In the order of the flow, so that equal flows give equal texts. */
  private List<String> upstream(Task task) {
    Set<String> up = new LinkedHashSet<>(tasks.keySet());
    up.retainAll(graph.upstream(task.id()));
    return List.copyOf(up);
  }
}
