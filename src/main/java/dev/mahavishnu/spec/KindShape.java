package dev.mahavishnu.spec;

import dev.mahavishnu.spec.Shape.Field;
import dev.mahavishnu.spec.Shape.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;

/**
 * The JSON Schema of a kind that a jar adds, as a shape. Takes the part of JSON Schema that has a
 * shape and refuses any other keyword, so that no rule of a kind is silently left out.
 */
final class KindShape {
  private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_-]*");
  private static final Set<String> NOTES =
      Set.of("type", "title", "description", "default", "examples");

  private final TaskKind kind;

  private KindShape(TaskKind kind) {
    this.kind = kind;
  }

  /**
   * The shape of the kind's own fields.
   *
   * @throws IllegalArgumentException when its schema can't be used; names the kind and the keyword
   */
  static Struct of(TaskKind kind, List<Field> common) {
    KindShape reader = new KindShape(kind);
    if (!TYPE.matcher(kind.type()).matches()) {
      throw reader.refused("its type is not a lower-case word");
    }
    Struct struct = reader.struct(kind.schema(), "a " + kind.type() + " task");
    for (Field field : struct.fields()) {
      boolean taken =
          field.name().equals("id")
              || field.name().equals("type")
              || common.stream().anyMatch(c -> c.name().equals(field.name()));
      if (taken) {
        throw reader.refused("every task has a field `" + field.name() + "`");
      }
    }
    return struct;
  }

  private Shape shape(JsonNode schema, String name) {
    if (schema.has("enum")) {
      allow(schema, "enum");
      List<String> values = new ArrayList<>();
      schema.get("enum").forEach(value -> values.add(value.asString()));
      return new Shape.Choice(values);
    }
    return switch (schema.path("type").asString("")) {
      case "string" -> text(schema);
      case "integer" -> {
        allow(schema, "minimum", "maximum");
        yield new Shape.Whole(
            schema.path("minimum").asLong(Long.MIN_VALUE),
            schema.path("maximum").asLong(Long.MAX_VALUE));
      }
      case "number" -> {
        allow(schema, "minimum", "maximum");
        yield new Shape.Decimal(
            schema.path("minimum").asDouble(-Double.MAX_VALUE),
            schema.path("maximum").asDouble(Double.MAX_VALUE));
      }
      case "boolean" -> {
        allow(schema);
        yield new Shape.Flag();
      }
      case "array" -> {
        allow(schema, "items", "minItems", "maxItems");
        yield new Shape.ListOf(
            schema.has("items") ? shape(schema.get("items"), name) : new Shape.Value(),
            schema.path("minItems").asInt(0),
            schema.path("maxItems").asInt(Shape.Value.MAX_ITEMS));
      }
      case "object" -> schema.has("properties") ? struct(schema, "`" + name + "`") : any(schema);
      case "" -> any(schema);
      default -> throw refused("unknown type " + schema.get("type"));
    };
  }

  private Shape any(JsonNode schema) {
    allow(schema);
    return new Shape.Value();
  }

  private Shape text(JsonNode schema) {
    allow(schema, "minLength", "maxLength", "pattern");
    Optional<Shape.Form> form =
        Optional.ofNullable(schema.get("pattern"))
            .map(
                pattern ->
                    new Shape.Form(
                        checked(pattern.asString()),
                        "a text of the form " + pattern.asString(),
                        schema.path("description").asString("")));
    return new Shape.Text(
        schema.path("minLength").asInt(0),
        schema.path("maxLength").asInt(Shapes.MAX_SCRIPT),
        form,
        Shape.Templates.ALLOWED);
  }

  private String checked(String pattern) {
    try {
      Pattern.compile(pattern);
      return pattern;
    } catch (PatternSyntaxException e) {
      throw (IllegalArgumentException) refused("bad pattern " + pattern).initCause(e);
    }
  }

  private Struct struct(JsonNode schema, String name) {
    allow(schema, "properties", "required", "additionalProperties");
    if (schema.path("additionalProperties").asBoolean(false)) {
      throw refused("additionalProperties can't be allowed");
    }
    List<String> required = new ArrayList<>();
    schema.path("required").forEach(r -> required.add(r.asString()));
    List<Field> fields = new ArrayList<>();
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      fields.add(
          new Field(
              property.getKey(),
              shape(property.getValue(), property.getKey()),
              required.remove(property.getKey()),
              property.getValue().path("description").asString("")));
    }
    if (!required.isEmpty()) {
      throw refused("required but not described: " + String.join(", ", required));
    }
    return new Struct(name, fields);
  }

  private void allow(JsonNode schema, String... keywords) {
    for (String keyword : schema.propertyNames()) {
      if (!NOTES.contains(keyword) && !List.of(keywords).contains(keyword)) {
        throw refused("its schema can't use `" + keyword + "` here");
      }
    }
  }

  private IllegalArgumentException refused(String why) {
    return new IllegalArgumentException("task kind `" + kind.type() + "`: " + why);
  }
}
