package dev.mahavishnu.prefect;

import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Fields of what is sent; what isn't set isn't sent, so the server keeps or chooses it. */
final class Fields {
  static final Fields NONE = new Fields(JsonNodeFactory.instance.objectNode());

  private final ObjectNode node;

  private Fields(ObjectNode node) {
    this.node = node;
  }

  /** With this field besides; other fields of the same name go. */
  Fields with(String name, Object value) {
    ObjectNode copy = node.deepCopy();
    copy.set(name, json(value));
    return new Fields(copy);
  }

  /** With the field under these names, one within the other. */
  Fields within(Object value, String... path) {
    ObjectNode copy = node.deepCopy();
    ObjectNode at = copy;
    for (int i = 0; i < path.length - 1; i++) {
      at = at.withObjectProperty(path[i]);
    }
    at.set(path[path.length - 1], json(value));
    return new Fields(copy);
  }

  /** With the field cleared on the server. */
  Fields without(String name) {
    return with(name, JsonNodeFactory.instance.nullNode());
  }

  /** A copy. */
  ObjectNode json() {
    return node.deepCopy();
  }

  private static JsonNode json(Object value) {
    return switch (value) {
      case JsonNode json -> json;
      case Fields fields -> fields.json();
      case Instant instant -> JsonNodeFactory.instance.stringNode(instant.toString());
      case Duration time -> JsonNodeFactory.instance.numberNode(seconds(time));
      default -> Wire.MAPPER.valueToTree(value);
    };
  }

  static double seconds(Duration time) {
    return (double) time.toNanos() / 1e9;
  }

  @Override
  public String toString() {
    return node.toString();
  }
}
