package dev.mahavishnu.prefect;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.MutableConfigOverride;
import tools.jackson.databind.json.JsonMapper;

/**
 * How records stand on the wire. A server may be newer than we are: unknown fields are passed over,
 * and what is absent or null is empty.
 */
final class Wire {
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .withConfigOverride(String.class, Wire::emptyForNull)
          .withConfigOverride(List.class, Wire::emptyForNull)
          .withConfigOverride(Map.class, Wire::emptyForNull)
          .withConfigOverride(JsonNode.class, Wire::emptyForNull)
          .withConfigOverride(UUID.class, Wire::needed)
          .withConfigOverride(Instant.class, Wire::needed)
          .withConfigOverride(ServerSchedule.class, Wire::needed)
          .build();

  private Wire() {}

  private static void emptyForNull(MutableConfigOverride type) {
    type.setNullHandling(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY));
  }

  /** Where it isn't optional, what has no id or time is not what it claims to be. */
  private static void needed(MutableConfigOverride type) {
    type.setNullHandling(JsonSetter.Value.forValueNulls(Nulls.FAIL));
  }

  static <T> T read(JsonNode node, Class<T> type) {
    return MAPPER.treeToValue(node, type);
  }
}
