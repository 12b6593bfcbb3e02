package dev.mahavishnu.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Flows in the form of {@link StrictSchema}: every field is there, null where it is not set, and a
 * value that is a mapping or null stands as <code>{"json": "its text"}</code>. Going back takes the
 * common form too, which models that no server holds to a schema write.
 */
public final class StrictForm {
  static final String JSON = "json";

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Shape.Struct flow;
  private final Shape.Struct task;

  /** The form with these task kinds beside the built-in ones. */
  public StrictForm(List<TaskKind> kinds) {
    this.flow = FlowShapes.flow(kinds);
    this.task = StrictSchema.task(flow);
  }

  /** A flow in the strict form. */
  public ObjectNode of(Flow written) {
    return (ObjectNode) strict(FlowTree.of(written), flow);
  }

  /** A task in the strict form. */
  public ObjectNode of(Task written) {
    return (ObjectNode) strict(FlowTree.of(written), task);
  }

  private JsonNode strict(JsonNode node, Shape shape) {
    return switch (shape) {
      case Shape.Value _ -> strictValue(node);
      case Shape.Nested _ -> strict(node, flow);
      case Shape.ListOf list -> {
        ArrayNode items = NODES.arrayNode();
        node.forEach(item -> items.add(strict(item, list.element())));
        yield items;
      }
      case Shape.Either either ->
          node.isString() ? strict(node, either.text()) : strict(node, either.other());
      case Shape.Struct struct -> {
        ObjectNode all = NODES.objectNode();
        fields(struct, node)
            .forEach(
                field -> {
                  JsonNode value = node.get(field.name());
                  all.set(
                      field.name(),
                      value == null ? NullNode.getInstance() : strict(value, field.shape()));
                });
        yield all;
      }
      case Shape.Text _,
          Shape.Choice _,
          Shape.Whole _,
          Shape.Decimal _,
          Shape.Flag _,
          Shape.Type _ ->
          node;
    };
  }

  private static JsonNode strictValue(JsonNode node) {
    if (node instanceof ArrayNode list) {
      ArrayNode items = NODES.arrayNode();
      list.forEach(item -> items.add(strictValue(item)));
      return items;
    }
    return node.isObject() || node.isNull() ? NODES.objectNode().put(JSON, node.toString()) : node;
  }

  /** The fields of a mapping, with those of its kind. */
  private static Stream<Shape.Field> fields(Shape.Struct struct, JsonNode node) {
    Optional<Shape.Struct> kind =
        Optional.ofNullable(struct.kinds().get(node.path("type").asString("")));
    return Stream.concat(struct.fields().stream(), kind.stream().flatMap(k -> k.fields().stream()));
  }

  /**
   * A flow from the strict form: what is null or an empty list is not set. Nothing is checked but
   * that texts of JSON are JSON.
   *
   * @throws IllegalArgumentException for a text that is no JSON; one line that shows its start
   */
  public JsonNode flow(JsonNode strict) {
    return plain(strict, flow);
  }

  /** A task from the strict form, as {@link #flow}. */
  public JsonNode task(JsonNode strict) {
    return plain(strict, task);
  }

  /** The value of a field of the flow itself, as {@link #flow}. */
  public JsonNode flowField(String name, JsonNode strict) {
    return flow.field(name).map(f -> plain(strict, f.shape())).orElse(strict);
  }

  /**
   * The value of a field of a task, as {@link #flow}.
   *
   * @param type of the task
   */
  public JsonNode taskField(String type, String name, JsonNode strict) {
    return task.field(name)
        .or(() -> Optional.ofNullable(task.kinds().get(type)).flatMap(k -> k.field(name)))
        .map(f -> plain(strict, f.shape()))
        .orElse(strict);
  }

  private JsonNode plain(JsonNode node, Shape shape) {
    return switch (shape) {
      case Shape.Value _ -> plainValue(node);
      case Shape.Nested _ -> plain(node, flow);
      case Shape.ListOf list when node.isArray() -> {
        ArrayNode items = NODES.arrayNode();
        node.forEach(item -> items.add(plain(item, list.element())));
        yield items;
      }
      case Shape.Either either -> node.isString() ? node : plain(node, either.other());
      case Shape.Struct struct when node.isObject() -> mapping(node, struct);
      case Shape.ListOf _, Shape.Struct _ -> node;
      case Shape.Text _,
          Shape.Choice _,
          Shape.Whole _,
          Shape.Decimal _,
          Shape.Flag _,
          Shape.Type _ ->
          node;
    };
  }

  private ObjectNode mapping(JsonNode node, Shape.Struct struct) {
    ObjectNode set = NODES.objectNode();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      Optional<Shape.Field> field =
          fields(struct, node).filter(f -> f.name().equals(entry.getKey())).findFirst();
      JsonNode value = entry.getValue();
      boolean none =
          value.isNull()
              || (value.isEmpty()
                  && value.isArray()
                  && field.filter(f -> !f.required() && isList(f)).isPresent());
      if (!none) {
        set.set(entry.getKey(), field.map(f -> plain(value, f.shape())).orElse(value));
      }
    }
    return set;
  }

  private static boolean isList(Shape.Field field) {
    return field.shape() instanceof Shape.ListOf;
  }

  private static JsonNode plainValue(JsonNode node) {
    if (node instanceof ArrayNode list) {
      ArrayNode items = NODES.arrayNode();
      list.forEach(item -> items.add(plainValue(item)));
      return items;
    }
    if (!node.isObject() || node.size() != 1 || !node.path(JSON).isString()) {
      return node;
    }
    String text = node.path(JSON).stringValue();
    try {
      JsonNode value = MAPPER.readTree(text);
      if (!value.isMissingNode()) {
        return value;
      }
    } catch (JacksonException _) {
      // said below
    }
    String start = text.lines().findFirst().orElse("");
    throw new IllegalArgumentException(
        "this is not the text of a JSON value: "
            + start.substring(0, Math.min(80, start.length())));
  }
}
