package dev.mahavishnu.expr;

import dev.mahavishnu.spec.ExpressionChecker.Scope;
import dev.mahavishnu.spec.ValueType;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An entrance for a class loader of its own. */
public final class Alone {
  private Alone() {}

  public static void check(String expression) {
    new Expressions()
        .open(new Scope(Map.of("day", ValueType.Scalar.DATE), Map.of(), Set.of()))
        .check(expression, Optional.empty());
  }
}
