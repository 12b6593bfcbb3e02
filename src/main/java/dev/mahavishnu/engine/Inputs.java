package dev.mahavishnu.engine;

import dev.mahavishnu.expr.Bindings;
import dev.mahavishnu.expr.ExpressionException;
import dev.mahavishnu.expr.Expressions;
import dev.mahavishnu.run.RunEvent.Hashes;
import dev.mahavishnu.run.TaskKey;
import dev.mahavishnu.spec.Task;
import dev.mahavishnu.spec.Template;
import dev.mahavishnu.spec.Template.Part;
import dev.mahavishnu.spec.TemplateException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * What the expressions of one task may see, fixed at the moment when the task became ready. Shared
 * by all items of a mapped task and safe for several threads.
 */
final class Inputs {
  /** An upstream task: its state and, read when first needed, its output. */
  record Upstream(String state, Supplier<JsonNode> output) {}

  /**
   * Everything of the run that a task may see.
   *
   * @param secrets values of the declared secrets
   * @param run the object {@code run}
   */
  record Surroundings(
      JsonNode parameters,
      Map<String, Upstream> upstream,
      Map<String, String> secrets,
      ObjectNode run) {}

  private static final Pattern USES_INDEX = Pattern.compile("\\bindex\\b");
  private static final Pattern USES_RUN = Pattern.compile("\\brun\\b");

  private final Task task;
  private final FlowPlan plan;
  private final Surroundings seen;
  private final Expressions expressions;
  private final UnaryOperator<String> seal;
  private final Map<String, Template> templates = new ConcurrentHashMap<>();
  private volatile @Nullable Hashed hashed;
  private volatile @Nullable ArrayNode items;

  /** The part of the hashes that all items share. */
  private record Hashed(String definition, String base, boolean index) {}

  /**
   * @param seal turns a hash of what may hold a secret into one that tells nothing of it
   */
  Inputs(
      Task task,
      FlowPlan plan,
      Surroundings seen,
      Expressions expressions,
      UnaryOperator<String> seal) {
    this.task = task;
    this.plan = plan;
    this.seen = seen;
    this.expressions = expressions;
    this.seal = seal;
  }

  /** The same with another output of one task. */
  Inputs with(TaskKey key, Supplier<JsonNode> output) {
    Map<String, Upstream> upstream = new HashMap<>(seen.upstream());
    upstream.put(key.task(), new Upstream("COMPLETED", output));
    Surroundings others = new Surroundings(seen.parameters(), upstream, seen.secrets(), seen.run());
    Inputs made = new Inputs(task, plan, others, expressions, seal);
    made.items = items;
    return made;
  }

  Task task() {
    return task;
  }

  FlowPlan plan() {
    return plan;
  }

  Map<String, String> secrets() {
    return seen.secrets();
  }

  /** Sets the items of a mapped task, before any of its cells starts. */
  void items(ArrayNode list) {
    items = list;
  }

  /** Evaluates all expressions in a value. */
  JsonNode value(JsonNode templated, TaskKey key) throws TaskException {
    if (templated.isString()) {
      return text(templated.stringValue(), key, false);
    }
    if (templated.isArray()) {
      ArrayNode list = JsonNodeFactory.instance.arrayNode(templated.size());
      for (JsonNode element : templated) {
        list.add(value(element, key));
      }
      return list;
    }
    if (templated.isObject()) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> member : templated.properties()) {
        object.set(member.getKey(), value(member.getValue(), key));
      }
      return object;
    }
    return templated;
  }

  /** Evaluates a template to text. */
  String text(String template, TaskKey key) throws TaskException {
    return plain(text(template, key, true));
  }

  private JsonNode text(String text, TaskKey key, boolean mixed) throws TaskException {
    if (!text.contains("${{")) {
      return StringNode.valueOf(text);
    }
    Template template = template(text);
    if (template.isWhole() && !mixed) {
      return expression(template.expressions().getFirst().source(), key);
    }
    StringBuilder joined = new StringBuilder();
    for (Part part : template.parts()) {
      switch (part) {
        case Part.Text t -> joined.append(t.text());
        case Part.Expression e -> joined.append(plain(expression(e.source(), key)));
      }
    }
    return StringNode.valueOf(joined.toString());
  }

  private Template template(String text) throws TaskException {
    Template known = templates.get(text);
    if (known != null) {
      return known;
    }
    try {
      Template parsed = Template.of(text);
      templates.put(text, parsed);
      return parsed;
    } catch (TemplateException e) {
      throw new TaskException(String.valueOf(e.getMessage()), false);
    }
  }

  private static String plain(JsonNode value) {
    if (value.isString()) {
      return value.stringValue();
    }
    return value.isNull() ? "" : value.toString();
  }

  /** Evaluates one expression. */
  JsonNode expression(String source, TaskKey key) throws TaskException {
    try {
      return expressions.evaluate(source, bindings(key));
    } catch (ExpressionException e) {
      throw new TaskException("${{ " + source.strip() + " }}: " + e.getMessage(), false);
    }
  }

  private Bindings bindings(TaskKey key) {
    return new Seen(key);
  }

  private Optional<JsonNode> item(TaskKey key) {
    ArrayNode list = items;
    return key.isItem() && list != null ? Optional.of(list.get(key.index())) : Optional.empty();
  }

  /** What decides whether the task run's output can be reused. */
  Hashes hashes(TaskKey key) throws TaskException {
    Hashed shared = hashed;
    if (shared == null) {
      shared = hash();
      hashed = shared;
    }
    Optional<JsonNode> item = item(key);
    if (item.isEmpty()) {
      return new Hashes(shared.definition, sealed(shared.base));
    }
    Fingerprint print = new Fingerprint().add(shared.base).add(item.get());
    if (shared.index) {
      print.add(String.valueOf(key.index()));
    }
    return new Hashes(shared.definition, sealed(print.hex()));
  }

  private String sealed(String hash) {
    return seen.secrets().isEmpty() ? hash : seal.apply(hash);
  }

  private Hashed hash() throws TaskException {
    Definition definition = Definition.of(task, plan);
    Fingerprint print = new Fingerprint();
    for (String name : sorted(plan.graph().parameters(task.id()))) {
      print.add("params." + name).add(parameter(name));
    }
    for (String id : sorted(plan.graph().references(task.id()))) {
      Upstream up = upstream(id);
      print.add("tasks." + id).add(up.state()).add(up.output().get());
    }
    for (String name : sorted(plan.graph().secrets(task.id()))) {
      print.add("secrets." + name).add(seen.secrets().getOrDefault(name, ""));
    }
    if (USES_RUN.matcher(definition.text()).find()) {
      print.add(seen.run());
    }
    boolean index = USES_INDEX.matcher(definition.text()).find();
    return new Hashed(definition.hash(), print.hex(), index);
  }

  private static List<String> sorted(java.util.Collection<String> names) {
    return names.stream().sorted().toList();
  }

  private JsonNode parameter(String name) {
    JsonNode value = seen.parameters().get(name);
    return value == null ? NullNode.getInstance() : value;
  }

  private Upstream upstream(String id) {
    Upstream up = seen.upstream().get(id);
    return up == null ? new Upstream("PENDING", NullNode::getInstance) : up;
  }

  /** The environment that {@code env} adds. */
  Map<String, String> environment(TaskKey key) throws TaskException {
    Map<String, String> environment = new HashMap<>();
    for (var variable : task.env()) {
      JsonNode value = value(variable.value(), key);
      environment.put(variable.name(), plain(value));
    }
    return environment;
  }

  private final class Seen implements Bindings {
    private final TaskKey key;

    Seen(TaskKey key) {
      this.key = key;
    }

    @Override
    public JsonNode parameter(String name) {
      return Inputs.this.parameter(name);
    }

    @Override
    public JsonNode output(String taskId) {
      return upstream(taskId).output().get();
    }

    @Override
    public String state(String taskId) {
      return upstream(taskId).state();
    }

    @Override
    public String secret(String name) {
      return seen.secrets().getOrDefault(name, "");
    }

    @Override
    public Optional<JsonNode> item() {
      return Inputs.this.item(key);
    }

    @Override
    public long index() {
      return key.index();
    }

    @Override
    public JsonNode run() {
      return seen.run();
    }
  }
}
