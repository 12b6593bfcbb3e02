package dev.mahavishnu.expr;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Operators on values. Integers stay exact; an integer and a double make a double. */
final class Arithmetic {
  private Arithmetic() {}

  static JsonNode apply(Operator operator, JsonNode a, JsonNode b, Budget budget) {
    return switch (operator) {
      case EQUAL -> Values.of(Values.same(a, b, budget));
      case NOT_EQUAL -> Values.of(!Values.same(a, b, budget));
      case LESS -> Values.of(Values.compare(a, b) < 0);
      case AT_MOST -> Values.of(Values.compare(a, b) <= 0);
      case MORE -> Values.of(Values.compare(a, b) > 0);
      case AT_LEAST -> Values.of(Values.compare(a, b) >= 0);
      case IN -> Values.of(in(a, b, budget));
      case PLUS, MINUS, TIMES, DIVIDE, MODULO -> compute(operator, a, b, budget);
      case AND, OR -> throw new IllegalStateException(operator.text());
    };
  }

  private static boolean in(JsonNode item, JsonNode of, Budget budget) {
    if (of.isObject()) {
      return item.isString() && of.has(Values.text(item));
    }
    if (!of.isArray()) {
      throw Failure.of("`in` looks into a list or an object, not into " + Values.kind(of));
    }
    for (JsonNode candidate : of) {
      if (Values.same(item, candidate, budget)) {
        return true;
      }
    }
    return false;
  }

  private static JsonNode compute(Operator operator, JsonNode a, JsonNode b, Budget budget) {
    if (a.isNumber() && b.isNumber()) {
      return Values.whole(a) && Values.whole(b)
          ? wholes(operator, Values.longOf(a), Values.longOf(b))
          : reals(operator, Values.doubleOf(a), Values.doubleOf(b));
    }
    if (operator == Operator.PLUS && a.isString() && b.isString()) {
      String left = Values.text(a);
      String right = Values.text(b);
      budget.spend((long) left.length() + right.length());
      return Values.of(left + right);
    }
    if (operator == Operator.PLUS && a.isArray() && b.isArray()) {
      budget.items((long) a.size() + b.size());
      ArrayNode list = Values.list(a.size() + b.size());
      a.forEach(list::add);
      b.forEach(list::add);
      return list;
    }
    throw Failure.of(
        "`" + operator.text() + "` does not take " + Values.kind(a) + " and " + Values.kind(b));
  }

  private static JsonNode wholes(Operator operator, long a, long b) {
    try {
      return Values.of(
          switch (operator) {
            case PLUS -> Math.addExact(a, b);
            case MINUS -> Math.subtractExact(a, b);
            case TIMES -> Math.multiplyExact(a, b);
            case DIVIDE -> Math.divideExact(a, nonZero(b));
            default -> a % nonZero(b);
          });
    } catch (ArithmeticException e) {
      throw overflow();
    }
  }

  private static JsonNode reals(Operator operator, double a, double b) {
    return switch (operator) {
      case PLUS -> Values.of(a + b);
      case MINUS -> Values.of(a - b);
      case TIMES -> Values.of(a * b);
      case DIVIDE -> {
        if (b == 0) {
          throw byZero();
        }
        yield Values.of(a / b);
      }
      default -> throw Failure.of("`%` takes integers");
    };
  }

  static JsonNode negative(JsonNode value) {
    if (!value.isNumber()) {
      throw Failure.of("`-` takes a number, not " + Values.kind(value));
    }
    if (!Values.whole(value)) {
      return Values.of(-value.doubleValue());
    }
    try {
      return Values.of(Math.negateExact(Values.longOf(value)));
    } catch (ArithmeticException e) {
      throw overflow();
    }
  }

  private static long nonZero(long divisor) {
    if (divisor == 0) {
      throw byZero();
    }
    return divisor;
  }

  private static Failure byZero() {
    return Failure.of("division by zero");
  }

  static Failure overflow() {
    return Failure.of("the result does not fit in 64 bits");
  }
}
