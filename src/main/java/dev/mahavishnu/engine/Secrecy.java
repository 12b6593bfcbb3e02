package dev.mahavishnu.engine;

import dev.mahavishnu.secret.Redactor;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Whether a value holds a secret, in plain or in any form that the run's redactor knows: what a
 * subflow was told by the flow around it counts too.
 */
final class Secrecy {
  private Secrecy() {}

  static boolean holdsSecret(JsonNode value, Map<String, String> secrets, Redactor redactor) {
    return holdsPlain(value, secrets) || redactor.finds(value.toString());
  }

  /** Values too short for the redactor count where they stand for themselves. */
  private static boolean holdsPlain(JsonNode value, Map<String, String> secrets) {
    if (secrets.isEmpty()) {
      return false;
    }
    if (value.isString()) {
      String text = value.stringValue();
      return secrets.values().stream().anyMatch(s -> !s.isEmpty() && text.contains(s));
    }
    for (JsonNode element : value) {
      if (holdsPlain(element, secrets)) {
        return true;
      }
    }
    return value.isObject()
        && value.propertyNames().stream()
            .anyMatch(n -> secrets.values().stream().anyMatch(s -> !s.isEmpty() && n.contains(s)));
  }
}
