package dev.mahavishnu.view.graph;

import dev.mahavishnu.run.MapFold;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.ScopeFold;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.StateNow;
import dev.mahavishnu.run.TaskFold;
import dev.mahavishnu.run.TaskKey;
import dev.mahavishnu.spec.RunIf;
import dev.mahavishnu.spec.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the graph of a run: its flow, and the subflows that it ran, those that matter most first.
 */
public final class GraphOfRun {
  /** More would be a wall of equal pictures: a mapped subflow runs once for each item. */
  private static final int MOST_SUBFLOWS = 8;

  private static final int ENDED_WELL = 2;

  /** Reads flows as a journal has them. */
  public interface Specs {
    /**
     * @param spec canonical JSON
     * @return empty where this program can't read it, such as a task of a kind that is missing here
     */
    Optional<Shape> read(String spec);
  }

  private final RunFold run;
  private final State state;
  private final Instant now;
  private final Specs specs;

  /**
   * @param state of the run as it is now
   */
  public GraphOfRun(RunFold run, State state, Instant now, Specs specs) {
    this.run = run;
    this.state = state;
    this.now = now;
    this.specs = specs;
  }

  public Graph graph() {
    List<Section> sections = new ArrayList<>();
    List<Edge> across = new ArrayList<>();
    add(run.root(), sections, across);
    List<ScopeFold> subflows = subflows();
    subflows.forEach(scope -> add(scope, sections, across));
    return new Graph(
        run.created().flow(),
        Optional.of(new Graph.Run(run.run(), state)),
        sections,
        across,
        run.scopes().size() - 1 - subflows.size());
  }

  /** Of the items of a mapped subflow that ended well one stands for all. */
  private List<ScopeFold> subflows() {
    Map<TaskKey, Integer> order = new HashMap<>();
    run.scopes().forEach(scope -> order.putIfAbsent(owner(scope).whole(), order.size()));
    Set<TaskKey> well = new HashSet<>();
    return run.scopes().stream()
        .filter(scope -> !scope.scope().isEmpty())
        .sorted(
            Comparator.comparingInt(this::rank)
                .thenComparingInt(scope -> order.getOrDefault(owner(scope).whole(), 0))
                .thenComparingInt(scope -> owner(scope).index()))
        .filter(scope -> rank(scope) < ENDED_WELL || well.add(owner(scope).whole()))
        .limit(MOST_SUBFLOWS)
        .toList();
  }

  private static TaskKey owner(ScopeFold scope) {
    return scope.scope().isEmpty() ? TaskKey.of("", "") : TaskKey.parse(scope.scope());
  }

  private void add(ScopeFold scope, List<Section> sections, List<Edge> across) {
    Optional<Shape> shape = specs.read(scope.spec());
    if (shape.isEmpty()) {
      sections.add(begun(scope));
      return;
    }
    FlowSections flow =
        new FlowSections(
            shape.get(), scope.scope(), new OfScope(scope, shape.get().flow().onFailure()));
    sections.addAll(flow.all());
    across.addAll(flow.across());
  }

  /** What is left of a flow that can't be read: the tasks that the journal names. */
  private Section begun(ScopeFold scope) {
    Progress progress = new OfScope(scope, List.of());
    List<GraphNode> nodes =
        scope.tasks().stream()
            .map(TaskFold::task)
            .map(
                key ->
                    new GraphNode(
                        key.text(),
                        key.task(),
                        "",
                        scope.map(key.task()).map(ItemCount::of),
                        RunIf.ALL_SUCCESS,
                        progress.standing(key.task())))
            .toList();
    Section.Role role = scope.scope().isEmpty() ? Section.Role.FLOW : Section.Role.SUBFLOW;
    return new Section(role, scope.scope(), scope.flow(), nodes, List.of());
  }

  /** What went wrong first, then what goes on, then the rest; the lowest first. */
  private int rank(ScopeFold scope) {
    TaskKey owner = owner(scope);
    Optional<State> now = run.task(owner).map(TaskFold::state);
    boolean failed =
        now.filter(s -> s instanceof State.Failed || s instanceof State.Crashed).isPresent()
            || run.scope(owner.scope())
                .flatMap(s -> s.map(owner.task()))
                .flatMap(map -> owner.isItem() ? map.end(owner.index()) : Optional.empty())
                .filter(end -> end == MapFold.End.FAILED || end == MapFold.End.CRASHED)
                .isPresent();
    return failed ? 0 : now.filter(s -> !s.isFinal()).isPresent() ? 1 : ENDED_WELL;
  }

  private final class OfScope implements Progress {
    private final ScopeFold scope;
    private final List<Task> handlers;

    OfScope(ScopeFold scope, List<Task> handlers) {
      this.scope = scope;
      this.handlers = handlers;
    }

    @Override
    public Optional<Standing> standing(String id) {
      return Optional.of(
          scope
              .task(id)
              .map(this::standing)
              .orElseGet(() -> new Standing(new State.Pending(), 0, Optional.empty())));
    }

    private Standing standing(TaskFold task) {
      State stands = StateNow.of(task.state(), state);
      Instant end = task.state().isFinal() ? task.since() : now;
      boolean counts = task.state().isFinal() || stands.equals(task.state());
      return new Standing(
          stands,
          task.attempt(),
          counts ? task.started().map(start -> Duration.between(start, end)) : Optional.empty());
    }

    @Override
    public Optional<ItemCount> items(Task task) {
      return scope.map(task.id()).map(ItemCount::of).or(() -> task.map().map(ItemCount::of));
    }

    @Override
    public boolean showsHandlers() {
      return handlers.stream()
          .flatMap(task -> scope.task(task.id()).stream())
          .anyMatch(
              task ->
                  !(task.state() instanceof State.Completed c
                      && c.how() == State.Completed.How.SKIPPED));
    }
  }
}
