package dev.mahavishnu.expr;

import static dev.mahavishnu.expr.Want.ANY;
import static dev.mahavishnu.expr.Want.INTEGER;
import static dev.mahavishnu.expr.Want.LIST;
import static dev.mahavishnu.expr.Want.NUMBER;
import static dev.mahavishnu.expr.Want.NUMBER_OR_TEXT;
import static dev.mahavishnu.expr.Want.PLAIN;

import dev.mahavishnu.spec.ValueType;
import dev.mahavishnu.spec.ValueType.Scalar;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Conversions and arithmetic. */
final class NumberFunctions {
  private static final ValueType.ListOf INTEGERS = new ValueType.ListOf(Scalar.INTEGER);

  private NumberFunctions() {}

  static List<Function> all() {
    return List.of(
        new Function("dyn", false, List.of(ANY), _ -> Scalar.ANY, (a, _) -> a.getFirst()),
        new Function(
            "int",
            false,
            List.of(NUMBER_OR_TEXT),
            _ -> Scalar.INTEGER,
            (a, _) -> whole(a.getFirst())),
        new Function(
            "double",
            false,
            List.of(NUMBER_OR_TEXT),
            _ -> Scalar.NUMBER,
            (a, _) -> real(a.getFirst())),
        new Function(
            "string",
            false,
            List.of(PLAIN),
            _ -> Scalar.STRING,
            (a, _) -> a.getFirst().isString() ? a.getFirst() : Values.of(a.getFirst().asString())),
        new Function(
            "bool", false, List.of(PLAIN), _ -> Scalar.BOOLEAN, (a, _) -> truth(a.getFirst())),
        new Function(
            "abs", false, List.of(NUMBER), List::getFirst, (a, _) -> absolute(a.getFirst())),
        rounded("round", Math::rint),
        rounded("floor", Math::floor),
        rounded("ceil", Math::ceil),
        new Function("range", false, List.of(INTEGER), _ -> INTEGERS, NumberFunctions::range),
        new Function("sum", false, List.of(LIST), NumberFunctions::sumType, NumberFunctions::sum),
        new Function(
            "min",
            false,
            List.of(LIST),
            t -> Types.element(t.getFirst()),
            (a, b) -> best(a, b, -1)),
        new Function(
            "max",
            false,
            List.of(LIST),
            t -> Types.element(t.getFirst()),
            (a, b) -> best(a, b, 1)));
  }

  private static JsonNode whole(JsonNode value) {
    if (Values.whole(value)) {
      return value;
    }
    if (value.isString()) {
      try {
        return Values.of(Long.parseLong(Values.text(value).strip()));
      } catch (NumberFormatException e) {
        throw Failure.of("the string is not an integer");
      }
    }
    return toLong(value.doubleValue());
  }

  private static JsonNode toLong(double value) {
    // 2^63 itself is the first double beyond a long.
    if (!(value > -0x1p63 && value < 0x1p63)) {
      throw Failure.of("the number does not fit in 64 bits");
    }
    return Values.of((long) value);
  }

  private static JsonNode real(JsonNode value) {
    if (!value.isString()) {
      return Values.of(Values.doubleOf(value));
    }
    try {
      return Values.of(Double.parseDouble(Values.text(value).strip()));
    } catch (NumberFormatException e) {
      throw Failure.of("the string is not a number");
    }
  }

  private static JsonNode truth(JsonNode value) {
    if (value.isBoolean()) {
      return value;
    }
    return switch (value.isString() ? Values.text(value) : "") {
      case "true", "True", "TRUE", "t", "1" -> Values.of(true);
      case "false", "False", "FALSE", "f", "0" -> Values.of(false);
      default -> throw Failure.of("the value is neither true nor false");
    };
  }

  private static JsonNode absolute(JsonNode value) {
    if (!Values.whole(value)) {
      return Values.of(Math.abs(value.doubleValue()));
    }
    try {
      return Values.of(Math.absExact(Values.longOf(value)));
    } catch (ArithmeticException e) {
      throw Arithmetic.overflow();
    }
  }

  private static Function rounded(String name, DoubleUnaryOperator rule) {
    return new Function(
        name,
        false,
        List.of(NUMBER),
        _ -> Scalar.INTEGER,
        (a, _) ->
            Values.whole(a.getFirst())
                ? a.getFirst()
                : toLong(rule.applyAsDouble(a.getFirst().doubleValue())));
  }

  private static JsonNode range(List<JsonNode> a, Budget budget) {
    long end = Values.longOf(a.getFirst());
    budget.items(Math.max(0, end));
    ArrayNode list = Values.list((int) Math.max(0, end));
    for (long i = 0; i < end; i++) {
      list.add(Values.of(i));
    }
    return list;
  }

  private static ValueType sumType(List<ValueType> types) {
    ValueType element = Types.element(types.getFirst());
    return Types.numeric(element) ? element : Scalar.ANY;
  }

  private static JsonNode sum(List<JsonNode> a, Budget budget) {
    budget.items(a.getFirst().size());
    JsonNode total = Values.of(0);
    for (JsonNode item : a.getFirst()) {
      if (!item.isNumber()) {
        throw Failure.of("`sum` takes a list of numbers; one item is " + Values.kind(item));
      }
      total = Arithmetic.apply(Operator.PLUS, total, item, budget);
    }
    return total;
  }

  private static JsonNode best(List<JsonNode> a, Budget budget, int sign) {
    JsonNode list = a.getFirst();
    budget.items(list.size());
    if (list.isEmpty()) {
      throw Failure.of("the list is empty");
    }
    JsonNode best = list.get(0);
    for (JsonNode item : list) {
      if (Values.compare(item, best) * sign > 0) {
        best = item;
      }
    }
    return best;
  }
}
