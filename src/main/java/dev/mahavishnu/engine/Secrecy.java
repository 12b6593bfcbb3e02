package dev.mahavishnu.engine;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Whether a value holds a secret. */
final class Secrecy {
  private Secrecy() {}

  static boolean holdsSecret(JsonNode value, Map<String, String> secrets) {
    if (secrets.isEmpty()) {
      return false;
    }
    if (value.isString()) {
      String text = value.stringValue();
      return secrets.values().stream().anyMatch(s -> !s.isEmpty() && text.contains(s));
    }
    for (JsonNode element : value) {
      if (holdsSecret(element, secrets)) {
        return true;
      }
    }
    return value.isObject()
        && value.propertyNames().stream()
            .anyMatch(n -> secrets.values().stream().anyMatch(s -> !s.isEmpty() && n.contains(s)));
  }
}
