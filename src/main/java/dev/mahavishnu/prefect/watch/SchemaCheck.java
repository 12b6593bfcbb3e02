package dev.mahavishnu.prefect.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Whether a value fits a JSON Schema as Prefect draws it from the signature of a flow. What it does
 * not know of a schema it lets pass: the server looks at everything again.
 */
final class SchemaCheck {
  private static final int DEEPEST = 60;
  private static final int SHOWN = 60;

  private static final Map<String, String> TYPES =
      Map.of(
          "integer", "a whole number",
          "number", "a number",
          "boolean", "true or false",
          "string", "text",
          "array", "a list",
          "object", "an object",
          "null", "null");

  private final JsonNode root;

  /**
   * @param root where {@code #/definitions/…} begin
   */
  SchemaCheck(JsonNode root) {
    this.root = root;
  }

  /** Why the value does not fit, in a few words; empty: it does. */
  Optional<String> fault(JsonNode value, JsonNode schema) {
    return isTemplate(value) ? Optional.empty() : fault(value, schema, 0);
  }

  /** The schema itself where it only refers to one. */
  JsonNode resolved(JsonNode schema) {
    JsonNode at = schema;
    for (int i = 0; i < DEEPEST && at.path("$ref").isString(); i++) {
      at = referred(at.path("$ref").asString());
    }
    return at;
  }

  private JsonNode referred(String reference) {
    return reference.startsWith("#/") ? root.at(reference.substring(1)) : root.path("");
  }

  /** A value that the server makes out of a template, a block or a variable. */
  private static boolean isTemplate(JsonNode value) {
    return value.has("__prefect_kind") || value.valueStream().anyMatch(SchemaCheck::isTemplate);
  }

  private Optional<String> fault(JsonNode value, JsonNode schema, int depth) {
    if (depth > DEEPEST || !schema.isObject()) {
      return schema.isBoolean() && !schema.asBoolean()
          ? Optional.of("it may have no value")
          : Optional.empty();
    }
    if (schema.path("$ref").isString()) {
      return fault(value, referred(schema.path("$ref").asString()), depth + 1);
    }
    return type(value, schema)
        .or(() -> choice(value, schema))
        .or(() -> bounds(value, schema))
        .or(() -> combined(value, schema, depth))
        .or(() -> items(value, schema, depth))
        .or(() -> fields(value, schema, depth));
  }

  private static Optional<String> type(JsonNode value, JsonNode schema) {
    List<String> types = types(schema);
    return types.isEmpty() || types.stream().anyMatch(type -> is(value, type))
        ? Optional.empty()
        : Optional.of(expected(words(types), value, schema));
  }

  private static List<String> types(JsonNode schema) {
    JsonNode type = schema.path("type");
    return type.isArray()
        ? type.valueStream().map(JsonNode::asString).toList()
        : type.isString() ? List.of(type.asString()) : List.of();
  }

  private static boolean is(JsonNode value, String type) {
    return switch (type) {
      case "integer" ->
          value.isIntegralNumber()
              || (value.isNumber() && value.decimalValue().stripTrailingZeros().scale() <= 0);
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      case "string" -> value.isString();
      case "array" -> value.isArray();
      case "object" -> value.isObject();
      case "null" -> value.isNull();
      default -> true;
    };
  }

  private static Optional<String> choice(JsonNode value, JsonNode schema) {
    if (schema.has("const") && !schema.path("const").equals(value)) {
      return Optional.of(expected(schema.path("const").toString(), value, schema));
    }
    JsonNode choices = schema.path("enum");
    return choices.isArray() && choices.valueStream().noneMatch(value::equals)
        ? Optional.of(expected("one of " + listed(choices), value, schema))
        : Optional.empty();
  }

  private static String listed(JsonNode choices) {
    return choices
        .valueStream()
        .limit(20)
        .map(choice -> choice.isString() ? choice.asString() : choice.toString())
        .collect(Collectors.joining(", "));
  }

  private static Optional<String> bounds(JsonNode value, JsonNode schema) {
    if (value.isNumber()) {
      double number = value.asDouble();
      if (number < schema.path("minimum").asDouble(Double.NEGATIVE_INFINITY)) {
        return Optional.of(expected("at least " + schema.path("minimum"), value, schema));
      }
      if (number > schema.path("maximum").asDouble(Double.POSITIVE_INFINITY)) {
        return Optional.of(expected("at most " + schema.path("maximum"), value, schema));
      }
      if (number <= schema.path("exclusiveMinimum").asDouble(Double.NEGATIVE_INFINITY)) {
        return Optional.of(expected("more than " + schema.path("exclusiveMinimum"), value, schema));
      }
      if (number >= schema.path("exclusiveMaximum").asDouble(Double.POSITIVE_INFINITY)) {
        return Optional.of(expected("less than " + schema.path("exclusiveMaximum"), value, schema));
      }
      return Optional.empty();
    }
    return value.isString()
        ? size(value.asString().codePointCount(0, value.asString().length()), "Length", schema)
        : value.isArray() ? size(value.size(), "Items", schema) : Optional.empty();
  }

  private static Optional<String> size(int size, String what, JsonNode schema) {
    String unit = what.equals("Length") ? " characters" : " items";
    if (size < schema.path("min" + what).asInt(0)) {
      return Optional.of("expected at least " + schema.path("min" + what) + unit);
    }
    return size > schema.path("max" + what).asInt(Integer.MAX_VALUE)
        ? Optional.of("expected at most " + schema.path("max" + what) + unit)
        : Optional.empty();
  }

  private Optional<String> combined(JsonNode value, JsonNode schema, int depth) {
    for (JsonNode each : schema.path("allOf")) {
      Optional<String> fault = fault(value, each, depth + 1);
      if (fault.isPresent()) {
        return fault;
      }
    }
    for (String any : List.of("anyOf", "oneOf")) {
      JsonNode choices = schema.path(any);
      if (choices.isArray() && choices.valueStream().noneMatch(c -> fits(value, c, depth))) {
        return Optional.of(any(value, choices, depth));
      }
    }
    return Optional.empty();
  }

  private boolean fits(JsonNode value, JsonNode schema, int depth) {
    return fault(value, schema, depth + 1).isEmpty();
  }

  private String any(JsonNode value, JsonNode choices, int depth) {
    List<String> types = new ArrayList<>();
    for (JsonNode choice : choices) {
      JsonNode resolved = resolved(choice);
      if (type(value, resolved).isEmpty()) {
        // The right type: what else is wrong with it says more.
        return fault(value, resolved, depth + 1).orElse("it does not fit");
      }
      types.addAll(types(resolved));
    }
    return expected(words(types.stream().distinct().toList()), value, choices);
  }

  private Optional<String> items(JsonNode value, JsonNode schema, int depth) {
    if (!value.isArray()) {
      return Optional.empty();
    }
    JsonNode first = schema.path("prefixItems");
    for (int i = 0; i < value.size(); i++) {
      JsonNode item = i < first.size() ? first.path(i) : schema.path("items");
      Optional<String> fault = fault(value.path(i), item, depth + 1);
      if (fault.isPresent()) {
        return Optional.of("item " + (i + 1) + ": " + fault.get());
      }
    }
    return Optional.empty();
  }

  private Optional<String> fields(JsonNode value, JsonNode schema, int depth) {
    if (!value.isObject()) {
      return Optional.empty();
    }
    for (JsonNode required : schema.path("required")) {
      if (!value.has(required.asString())) {
        return Optional.of("`" + required.asString() + "` is missing");
      }
    }
    JsonNode known = schema.path("properties");
    JsonNode others = schema.path("additionalProperties");
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      JsonNode of = known.has(field.getKey()) ? known.path(field.getKey()) : others;
      Optional<String> fault =
          of.isBoolean() && !of.asBoolean()
              ? Optional.of("there is no such field")
              : fault(field.getValue(), of, depth + 1);
      if (fault.isPresent()) {
        return Optional.of("`" + field.getKey() + "`: " + fault.get());
      }
    }
    return Optional.empty();
  }

  private static String words(List<String> types) {
    return types.isEmpty()
        ? "another value"
        : types.stream()
            .map(type -> TYPES.getOrDefault(type, type))
            .collect(Collectors.joining(" or "));
  }

  private static String expected(String what, JsonNode value, JsonNode schema) {
    boolean secret =
        schema.path("writeOnly").asBoolean(false)
            || schema.path("format").asString("").equals("password");
    return secret ? "expected " + what : "expected " + what + ", not " + shown(value);
  }

  private static String shown(JsonNode value) {
    String text = value.toString();
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
