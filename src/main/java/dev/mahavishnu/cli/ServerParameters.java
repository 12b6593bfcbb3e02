package dev.mahavishnu.cli;

import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Parameters of a server's deployment given on a command line, read by its schema. */
final class ServerParameters {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private ServerParameters() {}

  /**
   * @param schema of the deployment
   * @param given {@code NAME=VALUE}
   */
  static ObjectNode of(JsonNode schema, List<String> given) {
    ObjectNode values = JSON.createObjectNode();
    for (String param : given) {
      int equals = param.indexOf('=');
      if (equals < 1) {
        throw CommandFailure.usage("--param " + param + ": expected NAME=VALUE");
      }
      String name = param.substring(0, equals);
      List<String> known = List.copyOf(schema.path("properties").propertyNames());
      if (!known.isEmpty() && !known.contains(name)) {
        throw CommandFailure.usage(
            "the deployment has no parameter `" + name + "`" + Hints.like(name, known));
      }
      JsonNode property = schema.path("properties").path(name);
      values.set(name, value(property, param.substring(equals + 1)));
    }
    return values;
  }

  private static JsonNode value(JsonNode property, String text) {
    if (property.path("type").asString("").equals("string")) {
      return StringNode.valueOf(text);
    }
    try {
      JsonNode value = JSON.readTree(text);
      return value.isMissingNode() ? StringNode.valueOf(text) : value;
    } catch (JacksonException _) {
      return StringNode.valueOf(text);
    }
  }
}
