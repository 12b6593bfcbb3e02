package dev.mahavishnu.expr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.spec.ExpressionChecker.Checked;
import dev.mahavishnu.spec.ExpressionChecker.Scope;
import dev.mahavishnu.spec.ValueType;
import dev.mahavishnu.spec.ValueType.ListOf;
import dev.mahavishnu.spec.ValueType.MapOf;
import dev.mahavishnu.spec.ValueType.ObjectOf;
import dev.mahavishnu.spec.ValueType.Scalar;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the check says of a value is so. */
final class TypePromiseTest {
  private static final Scope SCOPE =
      new Scope(
          Map.of(
              "i", Scalar.INTEGER,
              "d", Scalar.NUMBER,
              "s", Scalar.STRING,
              "b", Scalar.BOOLEAN,
              "l", new ListOf(Scalar.INTEGER),
              "o", ValueType.of("{n: integer, s: string, l: list<integer>, nil: any}")),
          Map.of(),
          Set.of());

  private static final JsonNode VALUES =
      World.JSON.readTree(
          """
          {"i": 5, "d": 2.0, "s": "a1", "b": true, "l": [4, 5, 6],
           "o": {"n": 8, "s": "deep", "l": [9], "nil": null}}
          """);

  private static final Bindings BINDINGS =
      new World() {
        @Override
        public JsonNode parameter(String name) {
          return VALUES.path(name);
        }
      };

  @Test
  void the_value_of_a_checked_expression_has_the_type_that_the_check_gave_it() {
    Expressions expressions = new Expressions();
    int promised = 0;
    for (int seed = 0; seed < 5_000; seed++) {
      String expression = new RandomExpression(seed).next();
      Checked checked = expressions.open(SCOPE).check(expression, Optional.empty());
      if (!checked.faults().isEmpty()) {
        continue;
      }
      Optional<JsonNode> value = value(expressions, expression);
      if (value.isPresent() && checked.type() != Scalar.ANY) {
        promised++;
        assertThat(conforms(value.get(), checked.type()))
            .as("seed %d: %s is %s, not %s", seed, expression, value.get(), checked.type().text())
            .isTrue();
      }
    }
    assertThat(promised).isGreaterThan(1_500);
  }

  private static Optional<JsonNode> value(Expressions expressions, String expression) {
    try {
      return Optional.of(expressions.evaluate(expression, BINDINGS));
    } catch (ExpressionException e) {
      return Optional.empty();
    }
  }

  private static boolean conforms(JsonNode value, ValueType type) {
    return switch (type) {
      case ListOf list ->
          value.isArray() && value.valueStream().allMatch(v -> conforms(v, list.element()));
      case MapOf map ->
          value.isObject() && value.valueStream().allMatch(v -> conforms(v, map.element()));
      case ObjectOf object ->
          value.isObject()
              && object.members().stream()
                  .allMatch(m -> value.has(m.name()) && conforms(value.get(m.name()), m.type()));
      case Scalar scalar ->
          switch (scalar) {
            case ANY -> true;
            case INTEGER -> value.isIntegralNumber();
            case NUMBER -> value.isFloatingPointNumber();
            case BOOLEAN -> value.isBoolean();
            case STRING, DATE, DATETIME, DURATION -> value.isString();
          };
    };
  }
}
