package dev.mahavishnu.engine;

import dev.mahavishnu.run.JsonTexts;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.ScopeFold;
import dev.mahavishnu.run.TaskKey;
import dev.mahavishnu.secret.Redactor;
import dev.mahavishnu.spec.ExpressionChecker;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowGraph;
import dev.mahavishnu.spec.FlowWriter;
import dev.mahavishnu.spec.Task;
import dev.mahavishnu.spec.ValueType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A run as it was at one moment: what its tasks came to, what they saw, what they would see. */
public final class Look {
  private static final Pattern ATTEMPT = Pattern.compile("(?<![.\\w\"'])attempt(?![\\w\"'])");

  /** The fields of a task that say what it does, and may hold expressions. */
  private static final Set<String> FIELDS =
      Set.of(
          "command",
          "argv",
          "file",
          "inputs",
          "method",
          "url",
          "headers",
          "body",
          "value",
          "flow",
          "parameters",
          "message",
          "env",
          "working_dir");

  private final RunFold fold;
  private final Scopes scopes;
  private final Told told;

  Look(RunFold fold, Scopes scopes, Told told) {
    this.fold = fold;
    this.scopes = scopes;
    this.told = told;
  }

  public RunFold fold() {
    return fold;
  }

  /** What is known of secrets. */
  public Redactor redactor() {
    return scopes.redactor();
  }

  /** The flow as it was then. */
  public Flow flow() {
    return scopes.plan("").flow();
  }

  /** Whether the flow has such a task. */
  public boolean has(String id) {
    return flow().task(id).isPresent();
  }

  /** Who depends on whom in the flow of a scope. */
  public FlowGraph graph(String scope) {
    return scopes.plan(scope).graph();
  }

  /**
   * The task that a task run is of.
   *
   * @throws EngineException when there is none
   */
  public Task task(TaskKey key) {
    return fold.scope(key.scope())
        .map(ScopeFold::scope)
        .flatMap(scope -> scopes.plan(scope).flow().task(key.task()))
        .orElseThrow(() -> new EngineException("run " + fold.run() + " has no task `" + key + "`"));
  }

  /**
   * The value of an expression, in the flow that a task is of; secrets are masked.
   *
   * @param at {@code item} and {@code index} are those of this task run
   * @throws EngineException when it has none; one line
   */
  public JsonNode value(String expression, TaskKey at) {
    check(expression, at);
    try {
      ObjectNode also =
          JsonNodeFactory.instance
              .objectNode()
              .put("attempt", fold.task(at).map(t -> t.attempt()).orElse(0))
              .put("state", fold.state().type().name());
      also.set("params", fold.root().parameters());
      also.set(
          "outputs",
          fold.outputs() < 0 ? JsonNodeFactory.instance.objectNode() : told.output(fold.outputs()));
      return masked(scopes.everything(at, told, also).expression(expression, at));
    } catch (TaskException e) {
      throw new EngineException(redactor().redact(e.reason()));
    }
  }

  /**
   * Checks what a person wrote about the run, in which {@code attempt} and what became of the run
   * may be named too.
   *
   * @throws EngineException when it can't have a value; one line
   */
  public void check(String expression, TaskKey at) {
    ExpressionChecker.Scope flow = FlowGraph.scope(scopes.plan(at.scope()).flow());
    ExpressionChecker.Scope all =
        new ExpressionChecker.Scope(flow.parameters(), flow.outputs(), flow.secrets(), true);
    List<ExpressionChecker.Fault> faults =
        scopes
            .expressions()
            .open(all)
            .check(
                ATTEMPT.matcher(expression).replaceAll("1"),
                at.isItem() ? Optional.of(ValueType.ANY) : Optional.empty())
            .faults();
    if (!faults.isEmpty()) {
      ExpressionChecker.Fault first = faults.getFirst();
      throw new EngineException(
          expression
              + ": "
              + first.message()
              + (first.hint().isEmpty() ? "" : "; " + first.hint()));
    }
  }

  private JsonNode masked(JsonNode value) {
    return JsonTexts.map(value, redactor()::redact);
  }

  /** The value that an item of a mapped task is about. */
  JsonNode item(TaskKey key) {
    return told.output(
            fold.scope(key.scope()).flatMap(s -> s.map(key.task())).orElseThrow().items())
        .get(key.index());
  }

  /**
   * What a task run sees, and what its fields come to: parameters, the states of upstream tasks and
   * the outputs that it refers to, its item, its fields with all expressions evaluated. Secrets are
   * masked.
   *
   * @throws EngineException when there is no such task, or an expression of it has no value
   */
  public ObjectNode inputs(TaskKey key) {
    Task task = task(key);
    FlowGraph graph = graph(key.scope());
    ObjectNode seen = JsonNodeFactory.instance.objectNode();
    ObjectNode parameters = seen.putObject("params");
    JsonNode all = fold.scope(key.scope()).orElseThrow().parameters();
    graph.parameters(task.id()).stream()
        .sorted()
        .forEach(name -> parameters.set(name, all.path(name)));
    ObjectNode tasks = seen.putObject("tasks");
    for (String id : graph.upstream(task.id())) {
      ObjectNode up = tasks.putObject(id);
      up.set("state", value("tasks[\"" + id + "\"].state", key));
      if (graph.references(task.id()).contains(id)) {
        up.set("output", value("tasks[\"" + id + "\"].output", key));
      }
    }
    if (key.isItem()) {
      seen.set("item", masked(item(key)));
      seen.put("index", key.index());
    }
    seen.set("fields", fields(key, task));
    return seen;
  }

  private JsonNode fields(TaskKey key, Task task) {
    if (task.map().isPresent() && !key.isItem()) {
      return JsonNodeFactory.instance.objectNode(); // They are each item's own.
    }
    try {
      Inputs inputs = inputsOf(key);
      ObjectNode fields = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> field : FlowWriter.tree(task).properties()) {
        if (FIELDS.contains(field.getKey())) {
          fields.set(field.getKey(), masked(inputs.value(field.getValue(), key)));
        }
      }
      return fields;
    } catch (TaskException e) {
      throw new EngineException(redactor().redact(e.reason()));
    }
  }

  /**
   * The environment that a task run adds, with its secrets.
   *
   * @throws EngineException when there is no such task, or an expression of it has no value
   */
  public Map<String, String> environment(TaskKey key) {
    try {
      return new TreeMap<>(inputsOf(key).environment(key));
    } catch (TaskException e) {
      throw new EngineException(redactor().redact(e.reason()));
    }
  }

  /** What it may see; there is such a task. */
  private Inputs inputsOf(TaskKey key) {
    return scopes.inputs(TaskKey.of(key.scope(), task(key).id()), told);
  }

  /**
   * Where a task run works.
   *
   * @throws EngineException when there is no such task, or its {@code working_dir} has no value
   */
  public Path workingDir(TaskKey key) {
    Task task = task(key);
    Path folder = scopes.plan(key.scope()).folder();
    try {
      return task.workingDir().isEmpty()
          ? folder
          : folder.resolve(inputsOf(key).text(task.workingDir().get(), key)).normalize();
    } catch (TaskException e) {
      throw new EngineException(redactor().redact(e.reason()));
    }
  }
}
