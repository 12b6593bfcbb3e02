package dev.mahavishnu.spec;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The shapes of a flow in the part of JSON Schema that servers can hold a model to: every property
 * is required and may be null, every mapping is closed, alternatives are {@code anyOf}, and every
 * text and list is bounded, since a model that is held to a form else runs on to its limit. {@link
 * StrictForm} goes from a flow to this form and back.
 */
public final class StrictSchema {
  /** Servers that expand a repetition refuse longer ones. */
  private static final int MAX_TEXT = 2_000;

  private static final int MAX_ITEMS = 200;

  /** A schema that is shorter than a reference to it, about. */
  private static final int SMALL = 60;

  private static final Set<String> TASK_LISTS = Set.of("tasks", "on_failure");

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Shape.Struct flow;
  private final ObjectNode definitions = NODES.objectNode();
  private final Map<JsonNode, String> names = new HashMap<>();

  private StrictSchema(List<TaskKind> kinds) {
    this.flow = FlowShapes.flow(kinds);
  }

  /**
   * What another schema can refer to in its {@code $defs}: {@code flow}; {@code task}; {@code
   * value}, any value; {@code setting}, the value of some field of a flow or a task.
   */
  public static ObjectNode definitions(List<TaskKind> kinds) {
    return new StrictSchema(kinds).define();
  }

  private ObjectNode define() {
    definitions.putObject("flow");
    definitions.putObject("task");
    definitions.set("value", value());
    definitions.set("task", kinds(task(flow)));
    definitions.set("flow", struct(flow));
    definitions.set("setting", setting());
    return definitions;
  }

  static Shape.Struct task(Shape.Struct flow) {
    return flow.field("tasks")
        .map(tasks -> (Shape.Struct) ((Shape.ListOf) tasks.shape()).element())
        .orElseThrow();
  }

  private ObjectNode kinds(Shape.Struct task) {
    ObjectNode node = NODES.objectNode();
    ArrayNode either = node.putArray("anyOf");
    task.kinds()
        .forEach(
            (type, kind) -> {
              ObjectNode own = NODES.objectNode();
              for (Shape.Field field : task.fields()) {
                if (field.name().equals("type")) {
                  own.set("type", choice(List.of(type)));
                  kind.fields().forEach(f -> own.set(f.name(), property(f)));
                } else {
                  own.set(field.name(), property(field));
                }
              }
              either.add(closed(own));
            });
    return node;
  }

  private ObjectNode struct(Shape.Struct shape) {
    ObjectNode properties = NODES.objectNode();
    shape.fields().forEach(f -> properties.set(f.name(), property(f)));
    return closed(properties);
  }

  /** An object of exactly these properties. */
  public static ObjectNode closed(ObjectNode properties) {
    ObjectNode node = typed("object");
    node.set("properties", properties);
    ArrayNode required = node.putArray("required");
    properties.propertyNames().forEach(required::add);
    return node.put("additionalProperties", false);
  }

  private ObjectNode property(Shape.Field field) {
    ObjectNode schema = schema(field.shape());
    return shared(field.name(), field.required() ? schema : orNull(schema));
  }

  /** What stands in many places stands once, and is referred to. */
  private ObjectNode shared(String name, ObjectNode schema) {
    if (schema.toString().length() <= SMALL) {
      return schema;
    }
    String known = names.get(schema);
    if (known != null) {
      return reference(known);
    }
    String free = name;
    for (int i = 2; definitions.has(free); i++) {
      free = name + i;
    }
    names.put(schema, free);
    definitions.set(free, schema);
    return reference(free);
  }

  private static ObjectNode orNull(ObjectNode schema) {
    ObjectNode node = NODES.objectNode();
    ArrayNode either = node.putArray("anyOf");
    if (schema.get("anyOf") instanceof ArrayNode several) {
      either.addAll(several);
    } else {
      either.add(schema);
    }
    either.add(typed("null"));
    return node;
  }

  private ObjectNode schema(Shape shape) {
    return switch (shape) {
      case Shape.Text s -> text(s.max());
      case Shape.Choice s -> choice(s.values());
      case Shape.Whole s -> {
        ObjectNode node = typed("integer");
        if (s.min() > Long.MIN_VALUE) {
          node.put("minimum", s.min());
        }
        yield s.max() < Long.MAX_VALUE ? node.put("maximum", s.max()) : node;
      }
      case Shape.Decimal _ -> typed("number");
      case Shape.Flag _ -> typed("boolean");
      case Shape.Value _ -> reference("value");
      case Shape.Type _ -> text(Shape.Type.MAX_TEXT);
      case Shape.Nested _ -> reference("flow");
      case Shape.ListOf s -> {
        ObjectNode node = typed("array");
        node.set("items", schema(s.element()));
        if (s.min() > 0) {
          node.put("minItems", s.min());
        }
        yield node.put("maxItems", Math.min(s.max(), MAX_ITEMS));
      }
      case Shape.Either s -> {
        ObjectNode node = NODES.objectNode();
        node.putArray("anyOf").add(schema(s.text())).add(schema(s.other()));
        yield node;
      }
      case Shape.Struct s -> s.kinds().isEmpty() ? struct(s) : reference("task");
    };
  }

  private static ObjectNode text(int max) {
    return typed("string").put("maxLength", Math.min(max, MAX_TEXT));
  }

  private static ObjectNode choice(List<String> values) {
    ObjectNode node = typed("string");
    ArrayNode allowed = node.putArray("enum");
    values.forEach(allowed::add);
    return node;
  }

  /** Any value; what has no form of its own here stands as its JSON text. */
  private static ObjectNode value() {
    ObjectNode node = NODES.objectNode();
    ArrayNode either = node.putArray("anyOf");
    either.add(text(MAX_TEXT)).add(typed("number")).add(typed("boolean"));
    ObjectNode list = typed("array").put("maxItems", MAX_ITEMS);
    list.set("items", reference("value"));
    either.add(list);
    ObjectNode json = NODES.objectNode();
    json.set(StrictForm.JSON, text(MAX_TEXT));
    either.add(closed(json));
    return node;
  }

  /** Any value, and the mappings and lists of mappings that fields take. */
  private ObjectNode setting() {
    Set<ObjectNode> forms = new LinkedHashSet<>();
    forms.add(reference("value"));
    for (Shape.Field field : fields()) {
      Shape shape = field.shape() instanceof Shape.Either either ? either.other() : field.shape();
      boolean mappings = shape instanceof Shape.ListOf l && l.element() instanceof Shape.Struct;
      if (mappings || shape instanceof Shape.Struct || shape instanceof Shape.Nested) {
        forms.add(schema(shape));
      }
    }
    ObjectNode node = NODES.objectNode();
    node.putArray("anyOf").addAll(forms);
    return node;
  }

  private List<Shape.Field> fields() {
    Shape.Struct task = task(flow);
    return Stream.of(
            flow.fields().stream().filter(f -> !TASK_LISTS.contains(f.name())),
            task.fields().stream(),
            task.kinds().values().stream().flatMap(kind -> kind.fields().stream()))
        .flatMap(fields -> fields)
        .toList();
  }

  private static ObjectNode typed(String type) {
    return NODES.objectNode().put("type", type);
  }

  private static ObjectNode reference(String to) {
    return NODES.objectNode().put("$ref", "#/$defs/" + to);
  }
}
