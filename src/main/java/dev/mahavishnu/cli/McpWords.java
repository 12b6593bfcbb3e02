package dev.mahavishnu.cli;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The arguments of a call, which the tool's schema has already checked. */
final class McpWords {
  private final ObjectNode arguments;

  McpWords(ObjectNode arguments) {
    this.arguments = arguments;
  }

  String text(String name) {
    return maybe(name).orElse("");
  }

  /** Empty where it is not said. */
  Optional<String> maybe(String name) {
    return Optional.of(arguments.path(name)).filter(JsonNode::isString).map(JsonNode::stringValue);
  }

  int number(String name, int standard) {
    JsonNode value = arguments.path(name);
    return value.isIntegralNumber() && value.canConvertToInt() ? value.intValue() : standard;
  }

  boolean flag(String name) {
    return arguments.path(name).asBoolean(false);
  }
}
