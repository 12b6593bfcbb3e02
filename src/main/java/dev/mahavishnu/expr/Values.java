package dev.mahavishnu.expr;

import java.math.BigDecimal;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** JSON values as the language sees them. */
final class Values {
  private static final long EXACT_IN_DOUBLE = 1L << 53;

  private Values() {}

  /** The same node that JSON text would give, so that equal results are equal nodes. */
  static JsonNode of(long value) {
    return value == (int) value ? IntNode.valueOf((int) value) : LongNode.valueOf(value);
  }

  static JsonNode of(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw Failure.of("the result is not a finite number");
    }
    return DoubleNode.valueOf(value);
  }

  static JsonNode of(boolean value) {
    return BooleanNode.valueOf(value);
  }

  static JsonNode of(String value) {
    return StringNode.valueOf(value);
  }

  static ArrayNode list() {
    return JsonNodeFactory.instance.arrayNode();
  }

  static ArrayNode list(int size) {
    return JsonNodeFactory.instance.arrayNode(size);
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** Whether it is a whole number by its kind: 3, not 3.0. */
  static boolean whole(JsonNode value) {
    return value.isIntegralNumber();
  }

  static long longOf(JsonNode whole) {
    if (!whole.canConvertToLong()) {
      throw Failure.of("an integer here does not fit in 64 bits");
    }
    return whole.longValue();
  }

  static double doubleOf(JsonNode number) {
    if (number.isIntegralNumber() && number.canConvertToLong()) {
      return number.longValue();
    }
    return number.doubleValue();
  }

  static boolean truth(JsonNode value) {
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    throw Failure.of("needs a boolean, not " + kind(value));
  }

  static String text(JsonNode string) {
    return string.stringValue();
  }

  /** What a message calls this value; never the value itself, which may be secret. */
  static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "a string";
      case NUMBER -> whole(value) ? "an integer" : "a number";
      case BOOLEAN -> "a boolean";
      case ARRAY -> "a list";
      case OBJECT -> "an object";
      case NULL -> "null";
      case MISSING -> "an absent value";
      case BINARY, POJO -> "a value that is not JSON";
    };
  }

  /** CEL's equality: numbers by value, lists by position, objects by name; kinds never mix. */
  static boolean same(JsonNode a, JsonNode b, Budget budget) {
    budget.spend(1);
    if (a.isNumber()) {
      return b.isNumber() && compareNumbers(a, b) == 0;
    }
    if (a.isString()) {
      return b.isString() && text(a).equals(text(b));
    }
    if (a.isArray()) {
      return b.isArray() && sameLists(a, b, budget);
    }
    if (a.isObject()) {
      return b.isObject() && sameObjects(a, b, budget);
    }
    return a.equals(b);
  }

  private static boolean sameLists(JsonNode a, JsonNode b, Budget budget) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!same(a.get(i), b.get(i), budget)) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameObjects(JsonNode a, JsonNode b, Budget budget) {
    if (a.size() != b.size()) {
      return false;
    }
    for (Map.Entry<String, JsonNode> field : a.properties()) {
      JsonNode other = b.get(field.getKey());
      if (other == null || !same(field.getValue(), other, budget)) {
        return false;
      }
    }
    return true;
  }

  /** Exact, also between a large integer and a double. */
  static int compareNumbers(JsonNode a, JsonNode b) {
    boolean wholes = whole(a) && whole(b);
    if (wholes && a.canConvertToLong() && b.canConvertToLong()) {
      return Long.compare(a.longValue(), b.longValue());
    }
    if (!wholes && small(a) && small(b)) {
      double x = doubleOf(a);
      double y = doubleOf(b);
      return x == y ? 0 : Double.compare(x, y);
    }
    return exact(a).compareTo(exact(b));
  }

  private static boolean small(JsonNode number) {
    return !whole(number)
        || (number.canConvertToLong() && Math.abs(number.longValue()) <= EXACT_IN_DOUBLE);
  }

  private static BigDecimal exact(JsonNode number) {
    return whole(number) ? new BigDecimal(number.bigIntegerValue()) : finite(number.doubleValue());
  }

  private static BigDecimal finite(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw Failure.of("a number here is not finite");
    }
    return new BigDecimal(value);
  }

  /** Order of two numbers, two strings or two booleans. */
  static int compare(JsonNode a, JsonNode b) {
    if (a.isNumber() && b.isNumber()) {
      return compareNumbers(a, b);
    }
    if (a.isString() && b.isString()) {
      return text(a).compareTo(text(b));
    }
    if (a.isBoolean() && b.isBoolean()) {
      return Boolean.compare(a.booleanValue(), b.booleanValue());
    }
    throw Failure.of("cannot order " + kind(a) + " and " + kind(b));
  }
}
