package dev.mahavishnu.run;

import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Changes the texts in a JSON value. */
public final class JsonTexts {
  private JsonTexts() {}

  /** The value with each of its texts changed; names of members stay. */
  public static JsonNode map(JsonNode value, UnaryOperator<String> change) {
    return switch (value) {
      case ObjectNode object -> {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(e -> copy.set(e.getKey(), map(e.getValue(), change)));
        yield copy;
      }
      case ArrayNode array -> {
        ArrayNode copy = JsonNodeFactory.instance.arrayNode();
        array.forEach(item -> copy.add(map(item, change)));
        yield copy;
      }
      default ->
          value.isString()
              ? JsonNodeFactory.instance.stringNode(change.apply(value.asString()))
              : value;
    };
  }
}
