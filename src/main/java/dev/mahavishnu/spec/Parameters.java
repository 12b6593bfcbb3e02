package dev.mahavishnu.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Giving a flow its parameters. */
public final class Parameters {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  /** What became of the values given. */
  public sealed interface Binding {}

  /** Every parameter has a value of its type. */
  public record Bound(ObjectNode values) implements Binding {}

  /** Some have not; one line each. */
  public record Unbound(List<String> problems) implements Binding {
    public Unbound {
      problems = List.copyOf(problems);
    }
  }

  private Parameters() {}

  /**
   * Binds values that were given as JSON.
   *
   * @return all parameters of the flow, defaults filled in, or every problem
   */
  public static Binding bind(Flow flow, Map<String, JsonNode> given) {
    List<String> problems = new ArrayList<>();
    List<String> names = flow.parameters().stream().map(Parameter::name).toList();
    for (String name : given.keySet()) {
      if (!names.contains(name)) {
        problems.add(unknown(flow, name, names));
      }
    }
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    for (Parameter parameter : flow.parameters()) {
      Optional<JsonNode> value =
          Optional.ofNullable(given.get(parameter.name())).or(parameter::defaultValue);
      if (value.isEmpty()) {
        problems.add(
            "parameter `" + parameter.name() + "` (" + parameter.type().text() + ") must be given");
      } else {
        Optional<String> wrong = ValueTypes.mismatch(parameter.type(), value.get());
        wrong.ifPresent(why -> problems.add("parameter `" + parameter.name() + "`: " + why));
        if (wrong.isEmpty()) {
          values.set(parameter.name(), ValueTypes.exact(parameter.type(), value.get()));
        }
      }
    }
    return problems.isEmpty() ? new Bound(values) : new Unbound(problems);
  }

  /** Binds values that were given as text, read by the type of the parameter. */
  public static Binding bindText(Flow flow, Map<String, String> given) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    given.forEach(
        (name, text) ->
            values.put(
                name,
                flow.parameters().stream()
                    .filter(p -> p.name().equals(name))
                    .findFirst()
                    .map(p -> read(p.type(), text))
                    .orElse(StringNode.valueOf(text))));
    return bind(flow, values);
  }

  /** Reads a text as a value of a type; a text that is none stays a text, which binding refuses. */
  public static JsonNode read(ValueType type, String text) {
    boolean isText =
        type == ValueType.Scalar.STRING
            || type == ValueType.Scalar.DATE
            || type == ValueType.Scalar.DATETIME
            || type == ValueType.Scalar.DURATION;
    if (isText) {
      return StringNode.valueOf(text);
    }
    if (type == ValueType.Scalar.BOOLEAN) {
      return switch (text.strip()) {
        case "true" -> BooleanNode.TRUE;
        case "false" -> BooleanNode.FALSE;
        default -> StringNode.valueOf(text);
      };
    }
    try {
      JsonNode value = JSON.readTree(text);
      return value.isMissingNode() ? StringNode.valueOf(text) : value;
    } catch (JacksonException e) {
      return StringNode.valueOf(text);
    }
  }

  private static String unknown(Flow flow, String name, List<String> names) {
    String nearest = Nearest.to(name, names).map(n -> ", did you mean `" + n + "`?").orElse("");
    return "flow `" + flow.name() + "` has no parameter `" + name + "`" + nearest;
  }
}
