package dev.mahavishnu.task;

import tools.jackson.databind.JsonNode;

/** A value as a program gets it: texts as they are, null as nothing, all else as JSON. */
final class ValueText {
  private ValueText() {}

  static String of(JsonNode value) {
    if (value.isNull() || value.isMissingNode()) {
      return "";
    }
    return value.isString() ? value.stringValue() : value.toString();
  }
}
