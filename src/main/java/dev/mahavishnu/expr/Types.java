package dev.mahavishnu.expr;

import dev.mahavishnu.spec.ValueType;
import dev.mahavishnu.spec.ValueType.ListOf;
import dev.mahavishnu.spec.ValueType.MapOf;
import dev.mahavishnu.spec.ValueType.ObjectOf;
import dev.mahavishnu.spec.ValueType.Scalar;

/** What can be said of types before anything runs; {@code any} may turn out to be anything. */
final class Types {
  private Types() {}

  static boolean any(ValueType type) {
    return type == Scalar.ANY;
  }

  static boolean numeric(ValueType type) {
    return type == Scalar.INTEGER || type == Scalar.NUMBER;
  }

  /** Strings and what is written as one. */
  static boolean text(ValueType type) {
    return type == Scalar.STRING
        || type == Scalar.DATE
        || type == Scalar.DATETIME
        || type == Scalar.DURATION;
  }

  static boolean object(ValueType type) {
    return type instanceof MapOf || type instanceof ObjectOf;
  }

  static ValueType element(ValueType type) {
    return switch (type) {
      case ListOf list -> list.element();
      case MapOf map -> map.element();
      default -> Scalar.ANY;
    };
  }

  static ValueType list(ValueType element) {
    return new ListOf(element);
  }

  /**
   * The type of what may be one or the other. An integer or a number is {@code any}: what it is
   * decides how it divides.
   */
  static ValueType join(ValueType a, ValueType b) {
    if (a.equals(b)) {
      return a;
    }
    if (text(a) && text(b)) {
      return Scalar.STRING;
    }
    if (a instanceof ListOf x && b instanceof ListOf y) {
      return new ListOf(join(x.element(), y.element()));
    }
    if (a instanceof MapOf x && b instanceof MapOf y) {
      return new MapOf(join(x.element(), y.element()));
    }
    return object(a) && object(b) ? new MapOf(Scalar.ANY) : Scalar.ANY;
  }

  /** Whether values of the two could be equal. */
  static boolean comparable(ValueType a, ValueType b) {
    if (any(a) || any(b) || (numeric(a) && numeric(b)) || (text(a) && text(b))) {
      return true;
    }
    if (a instanceof ListOf x && b instanceof ListOf y) {
      return comparable(x.element(), y.element());
    }
    return (object(a) && object(b)) || a.equals(b);
  }

  static boolean ordered(ValueType a, ValueType b) {
    return orderable(a) && orderable(b) && comparable(a, b);
  }

  private static boolean orderable(ValueType type) {
    return any(type) || numeric(type) || text(type) || type == Scalar.BOOLEAN;
  }
}
