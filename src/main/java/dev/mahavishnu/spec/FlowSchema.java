package dev.mahavishnu.spec;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON Schema (draft 2020-12) of a flow spec, for editors and models. It holds what can be said
 * of a spec field by field; what it accepts may still be refused for what the fields say together.
 */
public final class FlowSchema {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private FlowSchema() {}

  /** The schema with the task kinds that are installed. */
  public static ObjectNode json() {
    return json(FlowReader.installedKinds());
  }

  /** The schema with the built-in task kinds and these. */
  public static ObjectNode json(List<TaskKind> kinds) {
    Shape.Struct flow = FlowShapes.flow(kinds);
    ObjectNode schema = NODES.objectNode();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("$id", "urn:mahavishnu:flow");
    schema.put("title", "Mahavishnu flow");
    schema.setAll(struct(flow));
    ObjectNode definitions = schema.putObject("$defs");
    for (Shape.Field field : flow.fields()) {
      if (field.name().equals("tasks") && field.shape() instanceof Shape.ListOf tasks) {
        definitions.set("task", struct((Shape.Struct) tasks.element()));
      }
    }
    definitions.set("type", type());
    definitions.set("value", value());
    return schema;
  }

  private static ObjectNode schema(Shape shape) {
    return switch (shape) {
      case Shape.Text s -> text(s);
      case Shape.Choice s -> {
        ObjectNode node = NODES.objectNode();
        ArrayNode values = node.putArray("enum");
        s.values().forEach(values::add);
        yield node;
      }
      case Shape.Whole s -> {
        ObjectNode node = typed("integer");
        node.put("minimum", s.min());
        yield node.put("maximum", s.max());
      }
      case Shape.Decimal s -> {
        ObjectNode node = typed("number");
        node.put("minimum", s.min());
        yield node.put("maximum", s.max());
      }
      case Shape.Flag _ -> typed("boolean");
      case Shape.Value _ -> reference("#/$defs/value");
      case Shape.Type _ -> reference("#/$defs/type");
      case Shape.Nested _ -> reference("#");
      case Shape.ListOf s -> {
        ObjectNode node = typed("array");
        node.set("items", schema(s.element()));
        node.put("minItems", s.min());
        yield node.put("maxItems", s.max());
      }
      case Shape.Either s -> {
        ObjectNode node = NODES.objectNode();
        node.putArray("anyOf").add(schema(s.text())).add(schema(s.other()));
        yield node;
      }
      case Shape.Struct s -> s.kinds().isEmpty() ? struct(s) : reference("#/$defs/task");
    };
  }

  private static ObjectNode text(Shape.Text shape) {
    ObjectNode node = typed("string");
    node.put("minLength", shape.min());
    node.put("maxLength", shape.max());
    shape.form().ifPresent(form -> node.put("pattern", form.pattern()));
    if (shape.templates() == Shape.Templates.REFUSED) {
      node.putObject("not").put("pattern", "\\$\\{\\{");
    }
    return node;
  }

  private static ObjectNode struct(Shape.Struct shape) {
    ObjectNode node = typed("object");
    fields(node, shape);
    if (shape.kinds().isEmpty()) {
      return node.put("additionalProperties", false);
    }
    ArrayNode cases = node.putArray("allOf");
    for (Map.Entry<String, Shape.Struct> kind : shape.kinds().entrySet()) {
      ObjectNode when = cases.addObject();
      ObjectNode condition = when.putObject("if");
      condition.putObject("properties").putObject("type").put("const", kind.getKey());
      condition.putArray("required").add("type");
      fields(when.putObject("then"), kind.getValue());
    }
    return node.put("unevaluatedProperties", false);
  }

  private static void fields(ObjectNode node, Shape.Struct shape) {
    ObjectNode properties = node.putObject("properties");
    ArrayNode required = NODES.arrayNode();
    for (Shape.Field field : shape.fields()) {
      ObjectNode property = schema(field.shape());
      if (!field.description().isEmpty()) {
        property.put("description", field.description());
      }
      properties.set(field.name(), property);
      if (field.required()) {
        required.add(field.name());
      }
    }
    if (!required.isEmpty()) {
      node.set("required", required);
    }
    shape.rules().forEach(rule -> rule(node, rule));
  }

  private static void rule(ObjectNode node, Shape.Rule rule) {
    switch (rule) {
      case Shape.Rule.OneOf r -> {
        ArrayNode choices = node.putArray("oneOf");
        r.names().forEach(name -> choices.addObject().putArray("required").add(name));
      }
      case Shape.Rule.Needs r -> {
        JsonNode needs = node.get("dependentRequired");
        (needs instanceof ObjectNode known ? known : node.putObject("dependentRequired"))
            .putArray(r.name())
            .add(r.other());
      }
    }
  }

  /** A type: its text, or a mapping of names to types. */
  private static ObjectNode type() {
    ObjectNode node = NODES.objectNode();
    ArrayNode either = node.putArray("anyOf");
    either.add(typed("string").put("minLength", 1).put("maxLength", Shape.Type.MAX_TEXT));
    ObjectNode members = either.addObject().put("type", "object");
    members.put("minProperties", 1).put("maxProperties", Shape.Type.MAX_NAMES);
    members.putObject("propertyNames").put("pattern", Forms.TASK_ID.pattern());
    members.set("additionalProperties", reference("#/$defs/type"));
    return node;
  }

  /** Any value of bounded size. */
  private static ObjectNode value() {
    ObjectNode node = NODES.objectNode();
    ArrayNode either = node.putArray("anyOf");
    ArrayNode small = either.addObject().putArray("type");
    small.add("null").add("boolean").add("number");
    either.add(typed("string").put("maxLength", Shape.Value.MAX_TEXT));
    ObjectNode list = typed("array").put("maxItems", Shape.Value.MAX_ITEMS);
    list.set("items", reference("#/$defs/value"));
    either.add(list);
    ObjectNode object = typed("object").put("maxProperties", Shape.Value.MAX_FIELDS);
    object.set("additionalProperties", reference("#/$defs/value"));
    either.add(object);
    return node;
  }

  private static ObjectNode typed(String type) {
    return NODES.objectNode().put("type", type);
  }

  private static ObjectNode reference(String to) {
    return NODES.objectNode().put("$ref", to);
  }
}
