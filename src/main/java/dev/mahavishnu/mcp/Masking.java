package dev.mahavishnu.mcp;

import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes JSON fit to be sent: no secret in it, and not without bounds, since all of it goes to a
 * model. What is cut says so where it is cut.
 */
final class Masking {
  /** Characters of everything that is sent with a call. */
  static final int MOST = 200_000;

  /** Characters of one text. */
  private static final int LONGEST = 20_000;

  private final UnaryOperator<String> redact;
  private int left = MOST;

  Masking(UnaryOperator<String> redact) {
    this.redact = redact;
  }

  /** A text on its own. */
  static String text(UnaryOperator<String> redact, String text) {
    return cut(redact.apply(text), MOST);
  }

  ObjectNode of(ObjectNode node) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    node.properties()
        .forEach(
            field -> {
              left -= field.getKey().length() + 4;
              out.set(field.getKey(), any(field.getValue()));
            });
    return out;
  }

  private JsonNode any(JsonNode node) {
    return switch (node) {
      case ObjectNode object -> of(object);
      case ArrayNode array -> of(array);
      case JsonNode text when text.isString() -> text(text.stringValue());
      case JsonNode other -> {
        left -= 8;
        yield other;
      }
    };
  }

  private ArrayNode of(ArrayNode array) {
    ArrayNode out = JsonNodeFactory.instance.arrayNode();
    for (JsonNode element : array) {
      if (left <= 0) {
        out.add("… and " + (array.size() - out.size()) + " more");
        break;
      }
      out.add(any(element));
    }
    return out;
  }

  private JsonNode text(String text) {
    String shown = cut(redact.apply(text), Math.max(200, Math.min(LONGEST, left)));
    left -= shown.length() + 3;
    return JsonNodeFactory.instance.stringNode(shown);
  }

  private static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end) + "… (" + (text.length() - end) + " more characters)";
  }
}
