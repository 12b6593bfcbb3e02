package dev.mahavishnu.expr;

import dev.mahavishnu.spec.ExpressionChecker;
import dev.mahavishnu.spec.ValueType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/**
 * Expressions: checked before a run, evaluated during one. For several threads; parsed expressions
 * are kept, so that evaluating one again with other bindings is cheap. The language is described in
 * {@code docs/expressions.md}.
 */
public final class Expressions implements ExpressionChecker {
  /** Longest expression, in code points. */
  static final int LONGEST = 10_000;

  private static final int KEPT = 4_096;
  private static final int KEPT_LENGTH = 1_000;

  private final ConcurrentHashMap<String, Parsed> parsed = new ConcurrentHashMap<>();

  @Override
  public Session open(Scope scope) {
    Hints hints = new Hints(scope);
    return (expression, item) ->
        switch (parse(expression, hints::alone)) {
          case Parsed.Good good -> new Checker(new Findings(scope, hints), item).check(good.term());
          case Parsed.Bad bad ->
              new Checked(ValueType.ANY, Set.of(), Set.of(), Set.of(), bad.faults());
        };
  }

  /**
   * The value of an expression, the text between the braces of <code>${{ }}</code>. Costs at most
   * some tens of milliseconds and megabytes, whatever it says.
   *
   * @throws ExpressionException when it can't be parsed or has no value
   */
  public JsonNode evaluate(String expression, Bindings bindings) throws ExpressionException {
    Parsed known = parsed.get(expression);
    if (known == null) {
      known = parse(expression, _ -> "");
      keep(expression, known);
    }
    return switch (known) {
      case Parsed.Good good -> value(good.term(), bindings);
      case Parsed.Bad bad -> throw refused(bad.faults().getFirst());
    };
  }

  private static JsonNode value(Term term, Bindings bindings) throws ExpressionException {
    try {
      return new Evaluator(bindings).value(term);
    } catch (Failure failure) {
      throw new ExpressionException(failure.text(), Math.max(0, failure.at()));
    }
  }

  private static ExpressionException refused(Fault fault) {
    String hint = fault.hint().isEmpty() ? "" : "; " + fault.hint();
    return new ExpressionException(fault.message() + hint, fault.offset());
  }

  private void keep(String expression, Parsed read) {
    if (expression.length() > KEPT_LENGTH) {
      return;
    }
    if (parsed.size() >= KEPT) {
      parsed.clear();
    }
    parsed.put(expression, read);
  }

  int kept() {
    return parsed.size();
  }

  static Parsed parse(String expression, UnaryOperator<String> unknown) {
    return parse(expression, new Names(unknown));
  }

  static Parsed parse(String expression, Names names) {
    if (expression.codePointCount(0, expression.length()) > LONGEST) {
      return new Parsed.Bad(
          List.of(new Fault(0, "longer than " + LONGEST + " characters", "let a task do this")));
    }
    Optional<Names.Part> simple = Shortcut.read(expression, names);
    return simple.isPresent() ? names.parsed(simple.get()) : Grammar.read(expression, names);
  }
}
