package dev.mahavishnu.llm.provider;

import dev.mahavishnu.secret.Redactor;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** The last look at what leaves this machine: no secret is in it, whoever forgot to look before. */
final class Outgoing {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final Redactor redactor;

  Outgoing(Redactor redactor) {
    this.redactor = redactor;
  }

  /**
   * A body as it may be sent. Each text in it is looked at as it was before it was escaped, and the
   * whole as it is sent, as far as that leaves it JSON: the name of a field of a schema, such as
   * {@code password}, is no secret's beginning.
   */
  String body(String text) {
    JsonNode tree;
    try {
      tree = JSON.readTree(text);
    } catch (JacksonException _) {
      return redactor.redact(text);
    }
    String clean = JSON.writeValueAsString(redacted(tree));
    String again = redactor.redact(clean);
    return again.equals(clean) || isJson(again) ? again : clean;
  }

  private JsonNode redacted(JsonNode node) {
    return switch (node) {
      case ObjectNode object -> {
        ObjectNode copy = JSON.createObjectNode();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
          copy.set(redactor.redact(field.getKey()), redacted(field.getValue()));
        }
        yield copy;
      }
      case ArrayNode array -> {
        ArrayNode copy = JSON.createArrayNode();
        array.forEach(item -> copy.add(redacted(item)));
        yield copy;
      }
      case StringNode string -> StringNode.valueOf(redactor.redact(string.stringValue()));
      default -> node;
    };
  }

  private static boolean isJson(String text) {
    try {
      JSON.readTree(text);
      return true;
    } catch (JacksonException _) {
      return false;
    }
  }
}
