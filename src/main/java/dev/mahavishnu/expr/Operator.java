package dev.mahavishnu.expr;

import java.util.Optional;

/** Operators with two sides. */
enum Operator {
  OR("||"),
  AND("&&"),
  EQUAL("=="),
  NOT_EQUAL("!="),
  LESS("<"),
  AT_MOST("<="),
  MORE(">"),
  AT_LEAST(">="),
  IN("in"),
  PLUS("+"),
  MINUS("-"),
  TIMES("*"),
  DIVIDE("/"),
  MODULO("%");

  private final String text;

  Operator(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  /** The operator that CEL's parser names {@code _+_}, {@code @in} or the like. */
  static Optional<Operator> ofFunction(String function) {
    if (function.equals("@in")) {
      return Optional.of(IN);
    }
    if (function.length() < 3 || function.charAt(0) != '_') {
      return Optional.empty();
    }
    String token = function.substring(1, function.length() - 1);
    for (Operator operator : values()) {
      if (operator.text.equals(token)) {
        return Optional.of(operator);
      }
    }
    return Optional.empty();
  }
}
