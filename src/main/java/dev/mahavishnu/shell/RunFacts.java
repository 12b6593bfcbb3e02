package dev.mahavishnu.shell;

import dev.mahavishnu.expr.Bindings;
import dev.mahavishnu.run.MapFold;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.TaskFold;
import dev.mahavishnu.spec.ExpressionChecker.Scope;
import dev.mahavishnu.spec.ValueType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** A run that goes on or has ended, as a condition may speak of it. Reads outputs when asked. */
final class RunFacts implements Bindings {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final RunHistory history;
  private final RunSummary summary;
  private final RunFold fold;

  private RunFacts(RunHistory history, RunSummary summary, RunFold fold) {
    this.history = history;
    this.summary = summary;
    this.fold = fold;
  }

  /** The facts of a run; empty where it has just been deleted. */
  static Optional<RunFacts> of(Meant.Run run) {
    return run.history()
        .fold(run.id())
        .map(fold -> new RunFacts(run.history(), run.summary(), fold));
  }

  /** What a condition may name: the tasks of the flow and the parameters that the run got. */
  Scope scope() {
    Map<String, ValueType> tasks = new LinkedHashMap<>();
    JsonNode spec = new JsonMapper().readTree(fold.root().spec());
    for (String list : new String[] {"tasks", "on_failure"}) {
      spec.path(list).forEach(t -> tasks.put(t.path("id").asString(""), ValueType.Scalar.ANY));
    }
    Map<String, ValueType> parameters = new LinkedHashMap<>();
    fold.root()
        .parameters()
        .propertyNames()
        .forEach(name -> parameters.put(name, ValueType.Scalar.ANY));
    return new Scope(parameters, tasks, Set.of(), true);
  }

  @Override
  public JsonNode parameter(String name) {
    return fold.root().parameters().path(name);
  }

  @Override
  public JsonNode output(String task) {
    Optional<MapFold> map = fold.root().map(task);
    if (map.isPresent()) {
      return mapped(map.get());
    }
    return fold.root()
        .task(task)
        .filter(TaskFold::hasOutput)
        .map(t -> history.output(fold.run(), t.position()))
        .orElse(NullNode.getInstance());
  }

  /** The outputs of all items in order, null where an item has none. */
  private ArrayNode mapped(MapFold map) {
    ArrayNode list = NODES.arrayNode(map.size());
    for (int i = 0; i < map.size(); i++) {
      boolean good =
          map.end(i).filter(e -> e == MapFold.End.COMPLETED || e == MapFold.End.CACHED).isPresent();
      list.add(good ? history.output(fold.run(), map.position(i)) : NullNode.getInstance());
    }
    return list;
  }

  @Override
  public String state(String task) {
    return fold.root().task(task).map(t -> state(t.state())).orElse("PENDING");
  }

  private static String state(State state) {
    boolean skipped = state instanceof State.Completed c && c.how() == State.Completed.How.SKIPPED;
    return skipped ? "SKIPPED" : state.type().name();
  }

  @Override
  public JsonNode run() {
    ObjectNode run = NODES.objectNode();
    run.put("id", fold.run().text());
    run.put("flow", fold.created().flow());
    run.put("started", fold.started().orElse(fold.createdAt()).toString());
    run.put("state", summary.state().type().name());
    run.set("params", fold.root().parameters());
    run.set(
        "outputs",
        fold.outputs() < 0 ? NODES.objectNode() : history.output(fold.run(), fold.outputs()));
    return run;
  }

  @Override
  public String secret(String name) {
    throw new IllegalStateException("a condition names no secret: its scope has none");
  }

  @Override
  public Optional<JsonNode> item() {
    return Optional.empty();
  }

  @Override
  public long index() {
    return 0;
  }
}
