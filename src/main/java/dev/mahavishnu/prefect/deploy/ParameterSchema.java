package dev.mahavishnu.prefect.deploy;

import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.Parameter;
import dev.mahavishnu.spec.ValueType;
import dev.mahavishnu.spec.ValueType.ListOf;
import dev.mahavishnu.spec.ValueType.MapOf;
import dev.mahavishnu.spec.ValueType.ObjectOf;
import dev.mahavishnu.spec.ValueType.Scalar;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The parameters of a flow as JSON Schema in Prefect's form, from which a server draws a form and
 * by which it refuses values.
 */
public final class ParameterSchema {
  /** A server checks no formats, so a pattern says what each text must look like. */
  private static final String DATE = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";

  private static final String DATETIME =
      "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]"
          + "(:[0-5][0-9]([.][0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})$";

  private static final String DURATION =
      "^(?=[0-9])([0-9]{1,6}d)?([0-9]{1,6}h)?([0-9]{1,6}m(?!s))?([0-9]{1,7}s)?([0-9]{1,9}ms)?$";

  private ParameterSchema() {}

  /** Of all parameters, in their order; those without a default are required. */
  public static ObjectNode of(Flow flow) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.put("title", "Parameters").put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = schema.putArray("required");
    for (Parameter parameter : flow.parameters()) {
      ObjectNode property = of(parameter.type());
      property.put("title", parameter.name()).put("position", properties.size());
      if (!parameter.description().isEmpty()) {
        property.put("description", parameter.description());
      }
      parameter.defaultValue().ifPresent(value -> property.set("default", value));
      if (parameter.defaultValue().isEmpty()) {
        required.add(parameter.name());
      }
      properties.set(parameter.name(), property);
    }
    schema.putObject("definitions");
    return schema;
  }

  private static ObjectNode of(ValueType type) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    switch (type) {
      case Scalar scalar -> scalar(scalar, schema);
      case ListOf list -> schema.put("type", "array").set("items", of(list.element()));
      case MapOf map -> schema.put("type", "object").set("additionalProperties", of(map.element()));
      case ObjectOf object -> {
        ObjectNode members = schema.put("type", "object").putObject("properties");
        ArrayNode required = schema.putArray("required");
        object
            .members()
            .forEach(
                member -> {
                  members.set(member.name(), of(member.type()).put("title", member.name()));
                  required.add(member.name());
                });
      }
    }
    return schema;
  }

  private static void scalar(Scalar type, ObjectNode schema) {
    switch (type) {
      case ANY -> {}
      case STRING -> schema.put("type", "string");
      case INTEGER -> schema.put("type", "integer");
      case NUMBER -> schema.put("type", "number");
      case BOOLEAN -> schema.put("type", "boolean");
      case DATE -> schema.put("type", "string").put("format", "date").put("pattern", DATE);
      case DATETIME ->
          schema.put("type", "string").put("format", "date-time").put("pattern", DATETIME);
      case DURATION -> schema.put("type", "string").put("pattern", DURATION);
    }
  }
}
