package dev.mahavishnu.expr;

import dev.mahavishnu.spec.ValueType;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A function of the language.
 *
 * @param method whether it is written {@code x.name(…)}; its target is then the first argument
 * @param wants what it takes, one for each argument
 */
record Function(String name, boolean method, List<Want> wants, Result result, Body body) {
  Function {
    wants = List.copyOf(wants);
  }

  /** The type of the result, given those of arguments that are as wanted. */
  @FunctionalInterface
  interface Result {
    ValueType of(List<ValueType> arguments);
  }

  /** Computes the result from arguments that are as wanted. */
  @FunctionalInterface
  interface Body {
    JsonNode apply(List<JsonNode> arguments, Budget budget);
  }

  /** How it is written: {@code x.replace(…)}. */
  String written() {
    return method ? "x." + name + (wants.size() > 1 ? "(…)" : "()") : name + "(…)";
  }
}
