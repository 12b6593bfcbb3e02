package dev.mahavishnu.expr;

import dev.mahavishnu.spec.ValueType;
import dev.mahavishnu.spec.ValueType.ListOf;
import dev.mahavishnu.spec.ValueType.Scalar;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What a function takes. */
enum Want {
  ANY("any value"),
  TEXT("a string"),
  REGEX("a regular expression"),
  WHEN("a date or datetime"),
  INSTANT("a datetime"),
  SPAN("a duration"),
  PATTERN("a date pattern"),
  ZONE("a time zone"),
  INTEGER("an integer"),
  NUMBER("a number"),
  NUMBER_OR_TEXT("a number or a string"),
  PLAIN("a string, number or boolean"),
  LIST("a list"),
  OBJECT("an object"),
  SIZED("a string, a list or an object");

  private final String text;

  Want(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  boolean takes(ValueType type) {
    if (Types.any(type)) {
      return true;
    }
    return switch (this) {
      case ANY -> true;
      case TEXT -> Types.text(type);
      case REGEX, PATTERN, ZONE -> type == Scalar.STRING;
      case WHEN -> type == Scalar.STRING || type == Scalar.DATE || type == Scalar.DATETIME;
      case INSTANT -> type == Scalar.STRING || type == Scalar.DATETIME;
      case SPAN -> type == Scalar.STRING || type == Scalar.DURATION;
      case INTEGER -> type == Scalar.INTEGER;
      case NUMBER -> Types.numeric(type);
      case NUMBER_OR_TEXT -> Types.numeric(type) || Types.text(type);
      case PLAIN -> Types.numeric(type) || Types.text(type) || type == Scalar.BOOLEAN;
      case LIST -> type instanceof ListOf;
      case OBJECT -> Types.object(type);
      case SIZED -> Types.text(type) || type instanceof ListOf || Types.object(type);
    };
  }

  boolean takes(JsonNode value) {
    return switch (this) {
      case ANY -> true;
      case TEXT, REGEX, WHEN, INSTANT, SPAN, PATTERN, ZONE -> value.isString();
      case INTEGER -> Values.whole(value);
      case NUMBER -> value.isNumber();
      case NUMBER_OR_TEXT -> value.isNumber() || value.isString();
      case PLAIN -> value.isString() || value.isNumber() || value.isBoolean();
      case LIST -> value.isArray();
      case OBJECT -> value.isObject();
      case SIZED -> value.isString() || value.isArray() || value.isObject();
    };
  }

  /** What is wrong with a constant, found before anything runs. */
  Optional<String> problem(JsonNode constant) {
    if (!constant.isString()) {
      return Optional.empty();
    }
    String value = Values.text(constant);
    try {
      switch (this) {
        case REGEX -> Regex.compile(value);
        case WHEN -> When.parse(value);
        case INSTANT -> When.instant(value);
        case SPAN -> When.span(value);
        case PATTERN -> When.pattern(value);
        case ZONE -> When.zone(value);
        default -> {}
      }
      return Optional.empty();
    } catch (Failure failure) {
      return Optional.of(failure.text());
    }
  }
}
