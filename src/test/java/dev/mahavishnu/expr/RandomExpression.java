package dev.mahavishnu.expr;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Expressions made by chance: mostly sound ones, some that mix up their kinds. */
final class RandomExpression {
  private enum Kind {
    INTEGER,
    NUMBER,
    TEXT,
    TRUTH,
    LIST,
    OBJECT
  }

  private final Random random;
  private final List<String> integers = new ArrayList<>();
  private int depth = 5;

  RandomExpression(long seed) {
    random = new Random(seed);
  }

  String next() {
    return of(any(Kind.values()));
  }

  private String of(Kind wanted) {
    // One in sixty is of another kind than the place wants, so that errors are compared too.
    Kind kind = random.nextInt(60) == 0 ? any(Kind.values()) : wanted;
    depth--;
    try {
      return depth <= 0 ? leaf(kind) : random.nextInt(5) == 0 ? leaf(kind) : branch(kind);
    } finally {
      depth++;
    }
  }

  private String leaf(Kind kind) {
    return switch (kind) {
      case INTEGER ->
          integers.isEmpty() || random.nextBoolean()
              ? any("0", "1", "2", "-3", "7", "4611686018427387904", "params.i", "params.o.n")
              : any(integers.toArray(String[]::new));
      case NUMBER -> any("0.5", "-1.0", "2.25", "params.d", "1e9");
      case TEXT -> any("\"\"", "'a'", "\"ab😀c\"", "params.s", "params.o.s", "r'\\d'");
      case TRUTH -> any("true", "false", "params.b", "params.b");
      case LIST -> any("[]", "[1, 2, 3]", "params.l", "params.o.l", "[0, -1]");
      case OBJECT -> any("{}", "params.o", "{'n': 4}", "{'s': 'x', 'l': [1]}");
    };
  }

  private String branch(Kind kind) {
    return switch (kind) {
      case INTEGER -> integer();
      case NUMBER ->
          one(
              () -> "(" + of(Kind.NUMBER) + any(" + ", " - ", " * ") + of(Kind.NUMBER) + ")",
              () -> "double(" + of(Kind.INTEGER) + ")",
              () -> "-(" + of(Kind.NUMBER) + ")",
              () -> choice(Kind.NUMBER));
      case TEXT ->
          one(
              () -> "(" + of(Kind.TEXT) + " + " + of(Kind.TEXT) + ")",
              () -> "string(" + of(Kind.INTEGER) + ")",
              () -> of(Kind.OBJECT) + ".?s.orValue(" + of(Kind.TEXT) + ")",
              () -> choice(Kind.TEXT));
      case TRUTH -> truth();
      case LIST ->
          one(
              () -> "(" + of(Kind.LIST) + " + " + of(Kind.LIST) + ")",
              () -> "[" + of(Kind.INTEGER) + ", " + of(Kind.INTEGER) + "]",
              () -> loop("map", Kind.INTEGER),
              () -> loop("filter", Kind.TRUTH),
              () -> choice(Kind.LIST));
      case OBJECT ->
          one(
              () -> "{'n': " + of(Kind.INTEGER) + ", 's': " + of(Kind.TEXT) + "}",
              () -> "{" + of(Kind.TEXT) + ": " + of(Kind.INTEGER) + "}",
              () -> choice(Kind.OBJECT));
    };
  }

  private String integer() {
    return one(
        () ->
            "("
                + of(Kind.INTEGER)
                + any(" + ", " - ", " * ", " / ", " % ")
                + of(Kind.INTEGER)
                + ")",
        () -> "size(" + of(any(Kind.LIST, Kind.TEXT, Kind.OBJECT)) + ")",
        () -> of(any(Kind.LIST, Kind.TEXT)) + ".size()",
        () -> of(Kind.LIST) + "[" + of(Kind.INTEGER) + "]",
        () -> of(Kind.OBJECT) + ".n",
        () -> of(Kind.OBJECT) + "[\"n\"]",
        () -> of(Kind.OBJECT) + ".?n.orValue(" + of(Kind.INTEGER) + ")",
        () -> of(Kind.LIST) + "[?" + of(Kind.INTEGER) + "].orValue(" + of(Kind.INTEGER) + ")",
        () -> "int(" + of(Kind.NUMBER) + ")",
        () -> "-(" + of(Kind.INTEGER) + ")",
        () -> choice(Kind.INTEGER));
  }

  private String truth() {
    Kind ordered = any(Kind.INTEGER, Kind.NUMBER, Kind.TEXT, Kind.TRUTH);
    String order = any(" < ", " <= ", " > ", " >= ");
    return one(
        () -> "(" + of(Kind.TRUTH) + any(" && ", " || ") + of(Kind.TRUTH) + ")",
        () -> "!(" + of(Kind.TRUTH) + ")",
        () -> "(" + of(ordered) + order + of(ordered) + ")",
        () -> "(" + of(Kind.INTEGER) + order + of(Kind.NUMBER) + ")",
        () -> "(" + next() + any(" == ", " != ") + next() + ")",
        () -> "(" + of(Kind.INTEGER) + " in " + of(Kind.LIST) + ")",
        () -> "(" + of(Kind.TEXT) + " in " + of(Kind.OBJECT) + ")",
        () ->
            of(Kind.TEXT)
                + any(".contains(", ".startsWith(", ".endsWith(", ".matches(")
                + of(Kind.TEXT)
                + ")",
        () -> "has(params.o." + any("n", "s", "nil", "nope") + ")",
        () -> of(Kind.OBJECT) + ".?n.hasValue()",
        () -> loop(any("all", "exists", "exists_one"), Kind.TRUTH),
        () -> choice(Kind.TRUTH));
  }

  private String choice(Kind kind) {
    return "(" + of(Kind.TRUTH) + " ? " + of(kind) + " : " + of(kind) + ")";
  }

  private String loop(String name, Kind body) {
    String over = of(Kind.LIST);
    String variable = "v" + integers.size();
    integers.add(variable);
    try {
      return over + "." + name + "(" + variable + ", " + of(body) + ")";
    } finally {
      integers.removeLast();
    }
  }

  @SafeVarargs
  private String one(Supplier<String>... choices) {
    return choices[random.nextInt(choices.length)].get();
  }

  @SafeVarargs
  private <T> T any(T... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
