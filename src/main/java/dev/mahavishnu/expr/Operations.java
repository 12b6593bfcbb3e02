package dev.mahavishnu.expr;

import dev.mahavishnu.spec.ValueType;
import dev.mahavishnu.spec.ValueType.ListOf;
import dev.mahavishnu.spec.ValueType.Scalar;
import java.util.Optional;

/** Types of operators; {@code &&} and {@code ||} are not among them. */
final class Operations {
  private Operations() {}

  /** The type of the result; empty where the operator does not take these. */
  static Optional<ValueType> result(Operator operator, ValueType left, ValueType right) {
    return switch (operator) {
      case EQUAL, NOT_EQUAL -> truth(Types.comparable(left, right));
      case LESS, AT_MOST, MORE, AT_LEAST -> truth(Types.ordered(left, right));
      case IN -> truth(in(left, right));
      case PLUS -> sum(left, right);
      case MINUS, TIMES, DIVIDE -> numbers(left, right);
      case MODULO -> integers(left, right);
      case AND, OR -> throw new IllegalStateException(operator.text());
    };
  }

  private static Optional<ValueType> truth(boolean fits) {
    return fits ? Optional.of(Scalar.BOOLEAN) : Optional.empty();
  }

  private static boolean in(ValueType item, ValueType of) {
    return switch (of) {
      case ListOf list -> Types.comparable(item, list.element());
      case ValueType other when Types.object(other) -> Types.any(item) || Types.text(item);
      default -> Types.any(of);
    };
  }

  private static Optional<ValueType> sum(ValueType left, ValueType right) {
    if ((text(left) && text(right)) && !(Types.any(left) && Types.any(right))) {
      return Optional.of(Scalar.STRING);
    }
    if (left instanceof ListOf || right instanceof ListOf) {
      return list(left) && list(right)
          ? Optional.of(new ListOf(Types.join(Types.element(left), Types.element(right))))
          : Optional.empty();
    }
    return numbers(left, right);
  }

  private static boolean text(ValueType type) {
    return Types.any(type) || Types.text(type);
  }

  private static boolean list(ValueType type) {
    return Types.any(type) || type instanceof ListOf;
  }

  private static Optional<ValueType> numbers(ValueType left, ValueType right) {
    if (left == Scalar.NUMBER || right == Scalar.NUMBER) {
      boolean fit = number(left) && number(right);
      return fit ? Optional.of(Scalar.NUMBER) : Optional.empty();
    }
    if (left == Scalar.INTEGER && right == Scalar.INTEGER) {
      return Optional.of(Scalar.INTEGER);
    }
    return number(left) && number(right) ? Optional.of(Scalar.ANY) : Optional.empty();
  }

  private static boolean number(ValueType type) {
    return Types.any(type) || Types.numeric(type);
  }

  private static Optional<ValueType> integers(ValueType left, ValueType right) {
    boolean fit =
        (Types.any(left) || left == Scalar.INTEGER)
            && (Types.any(right) || right == Scalar.INTEGER);
    return fit ? Optional.of(Scalar.INTEGER) : Optional.empty();
  }

  static String complaint(Operator operator, String left, String right) {
    return switch (operator) {
      case EQUAL, NOT_EQUAL -> left + " and " + right + " are never equal";
      case LESS, AT_MOST, MORE, AT_LEAST -> "cannot order " + left + " and " + right;
      case IN -> "`in` cannot find " + left + " in " + right;
      default -> "`" + operator.text() + "` does not take " + left + " and " + right;
    };
  }

  /** How to mend it, may be empty. */
  static String hint(Operator operator, ValueType left, ValueType right) {
    if (operator == Operator.IN && Types.text(right)) {
      return "write text.contains(part)";
    }
    if (operator == Operator.MODULO && number(left) && number(right)) {
      return "int(…) makes an integer of a number";
    }
    if ((Types.text(left) && Types.numeric(right)) || (Types.numeric(left) && Types.text(right))) {
      return operator == Operator.PLUS
          ? "string(…) makes text of a number"
          : "int(…) or double(…) makes a number of text";
    }
    if (operator == Operator.PLUS && (left instanceof ListOf || right instanceof ListOf)) {
      return "write [x] to add one item to a list";
    }
    return "";
  }
}
