package dev.mahavishnu.llm.provider;

import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A schema without the bounds that some servers refuse: how long, how many, how great. What fits
 * the whole schema fits its shape; whether the answer fits the whole is checked when it is read.
 */
final class SchemaShape {
  private static final Set<String> BOUNDS =
      Set.of(
          "minLength",
          "maxLength",
          "pattern",
          "format",
          "minItems",
          "maxItems",
          "uniqueItems",
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "multipleOf",
          "minProperties",
          "maxProperties");

  /** In these, the names of fields are names, whatever they are called. */
  private static final Set<String> NAMED = Set.of("properties", "$defs", "definitions");

  private static final Set<String> VALUES = Set.of("const", "enum", "default", "examples");

  private SchemaShape() {}

  static ObjectNode of(ObjectNode schema) {
    ObjectNode shape = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : schema.properties()) {
      String name = field.getKey();
      JsonNode value = field.getValue();
      if (VALUES.contains(name)) {
        shape.set(name, value);
      } else if (NAMED.contains(name) && value instanceof ObjectNode named) {
        ObjectNode shapes = shape.putObject(name);
        named.properties().forEach(n -> shapes.set(n.getKey(), inner(n.getValue())));
      } else if (!BOUNDS.contains(name)) {
        shape.set(name, inner(value));
      }
    }
    return shape;
  }

  private static JsonNode inner(JsonNode node) {
    if (node instanceof ObjectNode object) {
      return of(object);
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      array.forEach(item -> copy.add(inner(item)));
      return copy;
    }
    return node;
  }
}
