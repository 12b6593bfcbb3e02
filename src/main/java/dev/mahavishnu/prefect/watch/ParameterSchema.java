package dev.mahavishnu.prefect.watch;

import dev.mahavishnu.prefect.Deployments.Deployment;
import dev.mahavishnu.spec.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** The parameters that a deployment takes, as its schema says. */
public final class ParameterSchema {
  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private final JsonNode schema;
  private final JsonNode defaults;
  private final boolean enforced;
  private final SchemaCheck check;

  private ParameterSchema(JsonNode schema, JsonNode defaults, boolean enforced) {
    this.schema = schema;
    this.defaults = defaults;
    this.enforced = enforced;
    this.check = new SchemaCheck(schema);
  }

  public static ParameterSchema of(Deployment deployment) {
    return new ParameterSchema(
        deployment.parameterOpenapiSchema(),
        deployment.parameters(),
        deployment.enforceParameterSchema());
  }

  /**
   * @param defaults what the deployment sets itself
   * @param enforced whether the server refuses what does not fit
   */
  static ParameterSchema of(JsonNode schema, JsonNode defaults, boolean enforced) {
    return new ParameterSchema(schema, defaults, enforced);
  }

  /**
   * A value as it was typed: as JSON where it is some and fits, else as text. A text that is JSON
   * of a text stays as it is where only text is expected.
   */
  public JsonNode value(String name, String text) {
    JsonNode property = property(name);
    JsonNode plain = StringNode.valueOf(text);
    Optional<JsonNode> json = json(text);
    if (json.isEmpty()) {
      return plain;
    }
    boolean textFits = check.fault(plain, property).isEmpty();
    boolean onlyText = check.resolved(property).path("type").asString("").equals("string");
    boolean jsonFits = check.fault(json.get(), property).isEmpty();
    return (jsonFits && !(onlyText && textFits)) || !textFits ? json.get() : plain;
  }

  private static Optional<JsonNode> json(String text) {
    try {
      return Optional.ofNullable(STRICT.readTree(text)).filter(node -> !node.isMissingNode());
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }

  private JsonNode property(String name) {
    JsonNode property = schema.path("properties").path(name);
    return property.isMissingNode() ? schema.path("additionalProperties") : property;
  }

  /** What is wrong with parameters, each in a line; none: the server may be asked. */
  public List<String> problems(ObjectNode given) {
    if (schema.isMissingNode() || schema.isEmpty()) {
      return List.of();
    }
    List<String> problems = new ArrayList<>();
    for (Map.Entry<String, JsonNode> parameter : given.properties()) {
      problem(parameter.getKey(), parameter.getValue()).ifPresent(problems::add);
    }
    if (enforced) {
      missing(given).forEach(name -> problems.add("parameter `" + name + "` has no value"));
    }
    return problems;
  }

  private Optional<String> problem(String name, JsonNode value) {
    if (!names().contains(name) && !takesOthers()) {
      return Optional.of("there is no parameter `" + name + "`" + like(name));
    }
    return enforced
        ? check.fault(value, property(name)).map(fault -> "parameter `" + name + "`: " + fault)
        : Optional.empty();
  }

  private boolean takesOthers() {
    JsonNode others = schema.path("additionalProperties");
    return others.isObject() || (others.isBoolean() && others.asBoolean());
  }

  private String like(String name) {
    Set<String> names = names();
    return Nearest.to(name, names)
        .map(near -> "; did you mean `" + near + "`?")
        .orElse(names.isEmpty() ? "; it takes none" : "; there are " + String.join(", ", names));
  }

  private Set<String> names() {
    return new TreeSet<>(schema.path("properties").propertyNames());
  }

  private List<String> missing(ObjectNode given) {
    return schema
        .path("required")
        .valueStream()
        .map(JsonNode::asString)
        .filter(name -> !given.has(name) && !defaults.has(name))
        .filter(name -> !property(name).has("default"))
        .toList();
  }
}
