package dev.mahavishnu.shell;

import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.Parameter;
import dev.mahavishnu.spec.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The parameters of a flow, with type and default. */
final class ParameterOffers {
  private ParameterOffers() {}

  /** Names of parameters; behind a name the values that are known. */
  static List<Offer> of(Optional<Flow> flow, String begun) {
    String option = begun.startsWith("-") ? begun.substring(0, begun.indexOf('=') + 1) : "";
    String value = begun.substring(option.length());
    List<Offer> found = new ArrayList<>();
    for (Parameter parameter : flow.map(Flow::parameters).orElse(List.of())) {
      String name = option + parameter.name() + "=";
      if (value.startsWith(parameter.name() + "=")) {
        values(parameter).forEach(known -> found.add(new Offer(name + known, about(parameter))));
      } else if (value.indexOf('=') < 0) {
        found.add(new Offer(name, about(parameter), false));
      }
    }
    return found;
  }

  private static List<String> values(Parameter parameter) {
    List<String> values =
        new ArrayList<>(parameter.defaultValue().stream().map(ParameterOffers::text).toList());
    if (parameter.type() == ValueType.Scalar.BOOLEAN) {
      values.addAll(List.of("true", "false"));
    }
    return values;
  }

  private static String about(Parameter parameter) {
    String initial =
        parameter.defaultValue().map(value -> ", " + shown(value) + " by default").orElse("");
    String words = parameter.description().isEmpty() ? "" : ": " + parameter.description();
    return parameter.type().text() + initial + words;
  }

  private static String shown(JsonNode value) {
    return text(value).isEmpty() ? "nothing" : text(value);
  }

  private static String text(JsonNode value) {
    return value.isString() ? value.stringValue() : value.toString();
  }
}
