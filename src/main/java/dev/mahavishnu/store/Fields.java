package dev.mahavishnu.store;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Fields that a stored object must have; a missing one is damage or a newer format. */
final class Fields {
  private Fields() {}

  static JsonNode node(JsonNode object, String name) {
    return object
        .optional(name)
        .orElseThrow(() -> new StoreException("`" + name + "` is missing in " + brief(object)));
  }

  static String text(JsonNode object, String name) {
    return node(object, name).stringValueOpt().orElseThrow(() -> wrong(object, name));
  }

  static long number(JsonNode object, String name) {
    JsonNode node = node(object, name);
    if (!node.isIntegralNumber()) {
      throw wrong(object, name);
    }
    return node.longValue();
  }

  static int count(JsonNode object, String name) {
    return Math.toIntExact(number(object, name));
  }

  static Optional<Instant> instant(JsonNode object, String name) {
    return object.optional(name).map(n -> Micros.instant(n.longValue()));
  }

  private static StoreException wrong(JsonNode object, String name) {
    return new StoreException("`" + name + "` is not what it should be in " + brief(object));
  }

  private static String brief(JsonNode object) {
    String text = object.toString();
    return text.length() > 200 ? text.substring(0, 200) + "…" : text;
  }
}
