package dev.mahavishnu.engine;

import dev.mahavishnu.engine.Inputs.Surroundings;
import dev.mahavishnu.engine.Inputs.Upstream;
import dev.mahavishnu.expr.Expressions;
import dev.mahavishnu.run.MapFold;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.ScopeFold;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.TaskFold;
import dev.mahavishnu.run.TaskKey;
import dev.mahavishnu.secret.Redactor;
import dev.mahavishnu.spec.Task;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The flows of a run, and what their tasks may see of each other. Asked on the loop's thread only;
 * what it gives may go anywhere.
 */
final class Scopes {
  private final Expressions expressions;
  private final Map<String, FlowPlan> plans;
  private final Function<FlowPlan, Map<String, String>> secrets;
  private final Redactor redactor;
  private final UnaryOperator<String> seal;
  private final Map<TaskKey, Inputs> inputs = new HashMap<>();
  private final Map<String, Map<String, String>> secretsOf = new HashMap<>();

  /**
   * @param plans grows as subflows are nested
   */
  Scopes(
      Expressions expressions,
      Map<String, FlowPlan> plans,
      Function<FlowPlan, Map<String, String>> secrets,
      Redactor redactor,
      UnaryOperator<String> seal) {
    this.expressions = expressions;
    this.plans = plans;
    this.secrets = secrets;
    this.redactor = redactor;
    this.seal = seal;
  }

  Expressions expressions() {
    return expressions;
  }

  Redactor redactor() {
    return redactor;
  }

  Task task(TaskKey key) {
    return plan(key.scope()).task(key.task());
  }

  FlowPlan plan(String scope) {
    return java.util.Objects.requireNonNull(plans.get(scope), scope);
  }

  /** A subflow came to be. */
  void nested(String scope, FlowPlan plan) {
    plans.put(scope, plan);
    inputs.keySet().removeIf(k -> k.scope().equals(scope));
  }

  /** What a task may see; the same for all its items and attempts. */
  Inputs inputs(TaskKey key, Told run) {
    Inputs known = inputs.get(key.whole());
    if (known != null) {
      return known;
    }
    FlowPlan plan = plan(key.scope());
    Inputs made =
        new Inputs(
            task(key),
            plan,
            surroundings(key.scope(), plan.graph().references(key.task()), run),
            expressions,
            seal);
    items(key.whole(), run).ifPresent(made::items);
    inputs.put(key.whole(), made);
    return made;
  }

  /** Forgets what a task saw, once it has ended. */
  void forget(TaskKey key) {
    inputs.remove(key);
  }

  /** The items that the journal holds for a mapped task. */
  private static Optional<ArrayNode> items(TaskKey task, Told run) {
    return run.fold()
        .scope(task.scope())
        .flatMap(s -> s.map(task.task()))
        .map(map -> (ArrayNode) run.output(map.items()));
  }

  /** How to evaluate a flow's outputs. */
  Outputs outputs(String scope, Told run) {
    FlowPlan plan = plan(scope);
    Surroundings seen =
        surroundings(scope, plan.flow().tasks().stream().map(Task::id).toList(), run);
    return new Outputs(plan, new Inputs(nobody(), plan, seen, expressions, seal), seen, redactor);
  }

  /**
   * All that is known in one flow of the run, for who looks at it at one of its tasks.
   *
   * @param also what {@code run} has besides
   */
  Inputs everything(TaskKey key, Told run, ObjectNode also) {
    FlowPlan plan = plan(key.scope());
    List<String> all = new ArrayList<>();
    plan.flow().tasks().forEach(t -> all.add(t.id()));
    plan.flow().onFailure().forEach(t -> all.add(t.id()));
    Surroundings seen = surroundings(key.scope(), all, run);
    seen.run().setAll(also);
    Inputs made = new Inputs(nobody(), plan, seen, expressions, seal);
    items(key.whole(), run).ifPresent(made::items);
    return made;
  }

  private static Task nobody() {
    return Task.of("outputs", new dev.mahavishnu.spec.Work.Compute(NullNode.getInstance()));
  }

  private Surroundings surroundings(String scope, Collection<String> ids, Told run) {
    RunFold fold = run.fold();
    ScopeFold told = fold.scope(scope).orElseThrow();
    Map<String, Upstream> upstream = new HashMap<>();
    ids.forEach(id -> upstream.put(id, upstream(told, id, run)));
    return new Surroundings(told.parameters(), upstream, secrets(scope), about(fold));
  }

  private Map<String, String> secrets(String scope) {
    return secretsOf.computeIfAbsent(
        scope,
        s -> {
          Map<String, String> values = secrets.apply(plan(s));
          redactor.add(values.values());
          return values;
        });
  }

  private static ObjectNode about(RunFold fold) {
    ObjectNode about = JsonNodeFactory.instance.objectNode();
    about.put("id", fold.run().text());
    about.put("flow", fold.created().flow());
    about.put("started", fold.started().orElse(fold.createdAt()).toString());
    return about;
  }

  private static Upstream upstream(ScopeFold scope, String id, Told run) {
    Optional<TaskFold> task = scope.task(id);
    if (task.isEmpty()) {
      return new Upstream("PENDING", NullNode::getInstance);
    }
    Optional<MapFold> map = scope.map(id);
    Supplier<JsonNode> output =
        map.isPresent()
            ? mapped(map.get(), run)
            : task.get().hasOutput()
                ? () -> run.output(task.get().position())
                : NullNode::getInstance;
    return new Upstream(state(task.get().state()), new Once(output));
  }

  private static String state(State state) {
    boolean skipped = state instanceof State.Completed c && c.how() == State.Completed.How.SKIPPED;
    return skipped ? "SKIPPED" : state.type().name();
  }

  /** The outputs of all items in order, null where an item has none. */
  private static Supplier<JsonNode> mapped(MapFold map, Told run) {
    long[] positions = new long[map.size()];
    for (int i = 0; i < positions.length; i++) {
      boolean good =
          map.end(i).filter(e -> e == MapFold.End.COMPLETED || e == MapFold.End.CACHED).isPresent();
      positions[i] = good ? map.position(i) : -1;
    }
    return () -> {
      ArrayNode list = JsonNodeFactory.instance.arrayNode(positions.length);
      for (long position : positions) {
        list.add(position < 0 ? NullNode.getInstance() : run.output(position));
      }
      return list;
    };
  }

  /** Gives a value that is made when first asked for. */
  private static final class Once implements Supplier<JsonNode> {
    private final Supplier<JsonNode> source;
    private @Nullable JsonNode value;

    Once(Supplier<JsonNode> source) {
      this.source = source;
    }

    @Override
    public synchronized JsonNode get() {
      JsonNode known = value;
      if (known == null) {
        known = source.get();
        value = known;
      }
      return known;
    }
  }
}
