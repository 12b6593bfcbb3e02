package dev.mahavishnu.schedule;

import dev.mahavishnu.engine.EngineException;
import dev.mahavishnu.expr.Bindings;
import dev.mahavishnu.expr.ExpressionException;
import dev.mahavishnu.expr.Expressions;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.State;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.NamedValue;
import dev.mahavishnu.spec.Parameter;
import dev.mahavishnu.spec.Template;
import dev.mahavishnu.spec.Trigger;
import dev.mahavishnu.spec.ValueTypes;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * A run that ended, as the parameters of a trigger may speak of it.
 *
 * @param run an object with {@code id}, {@code flow}, {@code started}, {@code state}, {@code
 *     params}, {@code outputs}
 */
record EndedRun(ObjectNode run) implements Bindings {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  static EndedRun of(RunFold fold, State state, RunHistory history) {
    ObjectNode run = NODES.objectNode();
    run.put("id", fold.run().text());
    run.put("flow", fold.created().flow());
    run.put("started", fold.started().orElse(fold.createdAt()).toString());
    run.put("state", state.type().name());
    run.set("params", fold.root().parameters());
    run.set(
        "outputs",
        fold.outputs() < 0 ? NODES.objectNode() : history.output(fold.run(), fold.outputs()));
    return new EndedRun(run);
  }

  /**
   * The parameters that a flow gets which follows the run.
   *
   * @throws EngineException when an expression has no value; the message names the parameter
   */
  ObjectNode parameters(Flow flow, Trigger trigger, Expressions expressions) {
    ObjectNode values = NODES.objectNode();
    for (Parameter parameter : flow.parameters()) {
      JsonNode output = run.path("outputs").path(parameter.name());
      if (!output.isMissingNode() && ValueTypes.mismatch(parameter.type(), output).isEmpty()) {
        values.set(parameter.name(), output);
      }
    }
    for (NamedValue given : trigger.parameters()) {
      try {
        values.set(given.name(), value(given.value(), expressions));
      } catch (ExpressionException e) {
        throw new EngineException("parameter `" + given.name() + "`: " + e.getMessage());
      }
    }
    return values;
  }

  private JsonNode value(JsonNode node, Expressions expressions) throws ExpressionException {
    if (node.isString()) {
      return text(Template.of(node.stringValue()), expressions);
    }
    if (node.isArray()) {
      ArrayNode list = NODES.arrayNode();
      for (JsonNode element : node) {
        list.add(value(element, expressions));
      }
      return list;
    }
    if (node.isObject()) {
      ObjectNode object = NODES.objectNode();
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        object.set(member.getKey(), value(member.getValue(), expressions));
      }
      return object;
    }
    return node;
  }

  private JsonNode text(Template template, Expressions expressions) throws ExpressionException {
    if (template.isWhole()) {
      return expressions.evaluate(template.expressions().getFirst().source(), this);
    }
    StringBuilder text = new StringBuilder();
    for (Template.Part part : template.parts()) {
      switch (part) {
        case Template.Part.Text t -> text.append(t.text());
        case Template.Part.Expression e -> {
          JsonNode value = expressions.evaluate(e.source(), this);
          text.append(value.isString() ? value.stringValue() : value.toString());
        }
      }
    }
    return StringNode.valueOf(text.toString());
  }

  @Override
  public JsonNode parameter(String name) {
    throw unknown();
  }

  @Override
  public JsonNode output(String taskId) {
    throw unknown();
  }

  @Override
  public String state(String taskId) {
    throw unknown();
  }

  @Override
  public String secret(String name) {
    throw unknown();
  }

  private static IllegalStateException unknown() {
    return new IllegalStateException("the reader lets a trigger speak of `run` only");
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
