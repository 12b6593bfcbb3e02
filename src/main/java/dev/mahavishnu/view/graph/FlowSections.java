package dev.mahavishnu.view.graph;

import dev.mahavishnu.run.TaskKey;
import dev.mahavishnu.spec.Task;
import dev.mahavishnu.spec.Work;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The sections of one flow: its tasks, and its failure handlers. */
final class FlowSections {
  private final Shape shape;
  private final String scope;
  private final Progress progress;
  private final Set<String> tasks = new LinkedHashSet<>();
  private final Set<String> handlers = new LinkedHashSet<>();

  /**
   * @param scope text of the key of the task that runs the flow, empty for the flow itself
   */
  FlowSections(Shape shape, String scope, Progress progress) {
    this.shape = shape;
    this.scope = scope;
    this.progress = progress;
    shape.flow().tasks().forEach(task -> tasks.add(task.id()));
    shape.flow().onFailure().forEach(task -> handlers.add(task.id()));
  }

  List<Section> all() {
    List<Section> all = new ArrayList<>();
    all.add(
        section(
            scope.isEmpty() ? Section.Role.FLOW : Section.Role.SUBFLOW,
            shape.flow().tasks(),
            tasks));
    if (showsHandlers()) {
      all.add(section(Section.Role.ON_FAILURE, shape.flow().onFailure(), handlers));
    }
    return all;
  }

  private boolean showsHandlers() {
    return !handlers.isEmpty() && progress.showsHandlers();
  }

  /** The edges from tasks to handlers. */
  List<Edge> across() {
    return showsHandlers() ? edges(tasks, handlers) : List.of();
  }

  private Section section(Section.Role role, List<Task> of, Set<String> ids) {
    return new Section(
        role, scope, shape.flow().name(), of.stream().map(this::node).toList(), edges(ids, ids));
  }

  /** In the order of the flow, so that equal flows give equal graphs. */
  private List<Edge> edges(Set<String> from, Set<String> to) {
    List<Edge> edges = new ArrayList<>();
    for (String id : to) {
      Set<String> up = new LinkedHashSet<>(from);
      up.retainAll(shape.graph().upstream(id));
      up.forEach(u -> edges.add(new Edge(key(u), key(id))));
    }
    return edges;
  }

  private GraphNode node(Task task) {
    return new GraphNode(
        key(task.id()),
        task.id(),
        kind(task.work()),
        progress.items(task),
        task.runIf(),
        progress.standing(task.id()));
  }

  private String key(String id) {
    return TaskKey.of(scope, id).text();
  }

  private static String kind(Work work) {
    return work instanceof Work.Subflow sub
        ? sub.flow().map(name -> "flow " + name).orElse("flow")
        : work.type();
  }
}
