package dev.mahavishnu.store;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads JSON so that what {@link JsonOut} wrote comes back with its value and its precision. */
final class JsonIn {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Names in journals are few and known, but outputs may have any: those are not interned. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxNestingDepth(JsonOut.MAX_DEPTH + 50)
                  .build())
          .disable(JsonFactory.Feature.INTERN_PROPERTY_NAMES)
          .build();

  private JsonIn() {}

  static JsonParser parser(byte[] bytes, int from, int length) {
    return FACTORY.createParser(ObjectReadContext.empty(), bytes, from, length);
  }

  /**
   * Reads one whole value.
   *
   * @throws tools.jackson.core.JacksonException where it is not JSON
   */
  static JsonNode read(byte[] bytes, int from, int length) {
    try (JsonParser parser = parser(bytes, from, length)) {
      parser.nextToken();
      return value(parser);
    }
  }

  static JsonNode read(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return read(bytes, 0, bytes.length);
  }

  /** Reads the value at the parser's current token. */
  static JsonNode value(JsonParser parser) {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new StoreException("there is no value");
    }
    return switch (token) {
      case START_OBJECT -> {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
          String name = parser.currentName();
          parser.nextToken();
          object.set(name, value(parser));
        }
        yield object;
      }
      case START_ARRAY -> {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          array.add(value(parser));
        }
        yield array;
      }
      case VALUE_STRING -> NODES.stringNode(parser.getString());
      case VALUE_NUMBER_INT ->
          switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL ->
                NODES.numberNode(parser.getBigIntegerValue());
          };
      case VALUE_NUMBER_FLOAT -> floating(parser);
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new StoreException("not a value: " + token);
    };
  }

  /** A double where a double says exactly what was written, else a decimal. */
  private static JsonNode floating(JsonParser parser) {
    double value = parser.getDoubleValue();
    BigDecimal exact = parser.getDecimalValue();
    return Double.isFinite(value) && new BigDecimal(Double.toString(value)).compareTo(exact) == 0
        ? NODES.numberNode(value)
        : NODES.numberNode(exact);
  }
}
