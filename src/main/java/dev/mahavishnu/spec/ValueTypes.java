package dev.mahavishnu.spec;

import dev.mahavishnu.spec.ValueType.ListOf;
import dev.mahavishnu.spec.ValueType.MapOf;
import dev.mahavishnu.spec.ValueType.ObjectOf;
import dev.mahavishnu.spec.ValueType.Scalar;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Whether a value is of a type. */
public final class ValueTypes {
  private ValueTypes() {}

  /** Why the value is not of the type, in one line; empty when it is. */
  public static Optional<String> mismatch(ValueType type, JsonNode value) {
    return mismatch(type, value, "");
  }

  private static Optional<String> mismatch(ValueType type, JsonNode value, String at) {
    return switch (type) {
      case Scalar s -> fits(s, value) ? Optional.empty() : wrong(at, s.text(), value);
      case ListOf l -> list(l, value, at);
      case MapOf m -> map(m, value, at);
      case ObjectOf o -> object(o, value, at);
    };
  }

  private static Optional<String> list(ListOf type, JsonNode value, String at) {
    if (!value.isArray()) {
      return wrong(at, type.text(), value);
    }
    for (int i = 0; i < value.size() && !type.element().equals(ValueType.ANY); i++) {
      Optional<String> inside = mismatch(type.element(), value.get(i), at + "[" + i + "]");
      if (inside.isPresent()) {
        return inside;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> map(MapOf type, JsonNode value, String at) {
    if (!value.isObject()) {
      return wrong(at, type.text(), value);
    }
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      Optional<String> inside =
          mismatch(type.element(), member.getValue(), at + "." + member.getKey());
      if (inside.isPresent()) {
        return inside;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> object(ObjectOf type, JsonNode value, String at) {
    if (!value.isObject()) {
      return wrong(at, type.text(), value);
    }
    for (ValueType.Member member : type.members()) {
      JsonNode inside = value.get(member.name());
      if (inside == null) {
        return Optional.of((at.isEmpty() ? "it" : at) + " has no `" + member.name() + "`");
      }
      Optional<String> wrong = mismatch(member.type(), inside, at + "." + member.name());
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    return Optional.empty();
  }

  private static boolean fits(Scalar type, JsonNode value) {
    return switch (type) {
      case ANY -> true;
      case STRING -> value.isString();
      case INTEGER -> value.isIntegralNumber() && value.canConvertToLong();
      case NUMBER -> value.isNumber();
      case BOOLEAN -> value.isBoolean();
      case DATE -> value.isString() && parses(() -> LocalDate.parse(value.stringValue()));
      case DATETIME -> value.isString() && parses(() -> OffsetDateTime.parse(value.stringValue()));
      case DURATION -> value.isString() && Durations.isDuration(value.stringValue());
    };
  }

  private static boolean parses(Runnable parse) {
    try {
      parse.run();
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /**
   * The value with every {@code number} in it as a floating-point one, whole ones too: 3 becomes
   * 3.0, because expressions divide whole numbers as integers. The value must be of the type.
   */
  public static JsonNode exact(ValueType type, JsonNode value) {
    return switch (type) {
      case Scalar s ->
          s == Scalar.NUMBER && value.isIntegralNumber()
              ? DoubleNode.valueOf(value.doubleValue())
              : value;
      case ListOf l -> {
        ArrayNode list = JsonNodeFactory.instance.arrayNode(value.size());
        value.forEach(element -> list.add(exact(l.element(), element)));
        yield list;
      }
      case MapOf m -> {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        value.properties().forEach(e -> object.set(e.getKey(), exact(m.element(), e.getValue())));
        yield object;
      }
      case ObjectOf o -> {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.setAll((ObjectNode) value);
        o.members().forEach(m -> object.set(m.name(), exact(m.type(), value.get(m.name()))));
        yield object;
      }
    };
  }

  private static Optional<String> wrong(String at, String wanted, JsonNode value) {
    String text = value.toString();
    String shown = text.length() > 40 ? text.substring(0, 37) + "..." : text;
    return Optional.of((at.isEmpty() ? "" : at + ": ") + "expected " + wanted + ", got " + shown);
  }
}
