package dev.mahavishnu.cli;

import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON Schemas of tools: objects with fields, which nothing else may be beside. */
final class McpSchemas {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private McpSchemas() {}

  /**
   * A field of an object.
   *
   * @param schema of its value
   */
  record Field(String name, ObjectNode schema, boolean required) {
    Field needed() {
      return new Field(name, schema, true);
    }

    Field within(int least, int most) {
      ObjectNode bounded = schema.deepCopy().put("minimum", least).put("maximum", most);
      return new Field(name, bounded, required);
    }

    /** With the value that holds where nothing is said. */
    Field within(int least, int most, int standard) {
      Field bounded = within(least, most);
      return new Field(name, bounded.schema().deepCopy().put("default", standard), required);
    }

    /** One of these words. */
    Field oneOf(List<String> words) {
      ObjectNode chosen = schema.deepCopy();
      words.forEach(chosen.putArray("enum")::add);
      return new Field(name, chosen, required);
    }
  }

  static Field text(String name, String description) {
    return field(name, "string", description);
  }

  static Field number(String name, String description) {
    return field(name, "integer", description);
  }

  static Field flag(String name, String description) {
    return field(name, "boolean", description);
  }

  static Field object(String name, String description) {
    return field(name, "object", description);
  }

  static Field list(String name, String description) {
    return field(name, "array", description);
  }

  private static Field field(String name, String type, String description) {
    ObjectNode schema = JSON.objectNode().put("type", type).put("description", description);
    return new Field(name, schema, false);
  }

  /** Of arguments: nothing that is not named. */
  static ObjectNode input(Field... fields) {
    return input(Arrays.asList(fields));
  }

  static ObjectNode input(List<Field> fields) {
    return of(fields).put("additionalProperties", false);
  }

  /** Of a result, which may get more fields one day. */
  static ObjectNode output(Field... fields) {
    return of(Arrays.asList(fields));
  }

  private static ObjectNode of(List<Field> fields) {
    ObjectNode schema = JSON.objectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    fields.forEach(f -> properties.set(f.name(), f.schema()));
    List<String> required = fields.stream().filter(Field::required).map(Field::name).toList();
    if (!required.isEmpty()) {
      required.forEach(schema.putArray("required")::add);
    }
    return schema;
  }
}
