package dev.mahavishnu.expr;

import dev.mahavishnu.spec.ExpressionChecker.Checked;
import dev.mahavishnu.spec.ExpressionChecker.Fault;
import dev.mahavishnu.spec.ExpressionChecker.Scope;
import dev.mahavishnu.spec.ValueType;
import dev.mahavishnu.spec.ValueType.Scalar;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/**
 * An expression that stands in no flow: somebody asks about a run, with variables of their own.
 * Knows what it saw, so that an answer can be explained.
 */
public final class FreeExpression {
  private static final Set<Operator> COMPARISONS =
      Set.of(
          Operator.EQUAL,
          Operator.NOT_EQUAL,
          Operator.LESS,
          Operator.AT_MOST,
          Operator.MORE,
          Operator.AT_LEAST,
          Operator.IN);

  private final String text;
  private final Term term;
  private final List<String> variables;

  private FreeExpression(String written, Term term, Collection<String> variables) {
    this.text = written;
    this.term = term;
    this.variables = List.copyOf(variables);
  }

  /** What reading a text gives. */
  public sealed interface Read {
    record Good(FreeExpression expression) implements Read {}

    /** Never without a fault. */
    record Bad(List<Fault> faults) implements Read {
      public Bad {
        faults = List.copyOf(faults);
      }
    }
  }

  /**
   * A part of the expression and its value.
   *
   * @param text as it is written
   */
  public record Sight(String text, JsonNode value) {}

  /**
   * Reads an expression.
   *
   * @param written as its author has it, character for character in the place of {@code text},
   *     where their way to write a variable is none of the language
   * @param variables names that may stand in it alone
   * @param unknown what to say to a name that is not known; may give an empty text
   */
  public static Read read(
      String text, String written, Collection<String> variables, UnaryOperator<String> unknown) {
    Names names = new Names(unknown);
    variables.forEach(name -> names.enter(name, 0));
    return switch (Expressions.parse(text, names)) {
      case Parsed.Good good -> new Read.Good(new FreeExpression(written, good.term(), variables));
      case Parsed.Bad bad -> new Read.Bad(bad.faults());
    };
  }

  /** Checks it against what it may name; variables may hold anything. */
  public Checked check(Scope scope) {
    Checker checker = new Checker(new Findings(scope, new Hints(scope)), Optional.empty());
    Optional<Frame<ValueType>> frame = Optional.empty();
    for (String name : variables) {
      frame = Optional.of(Frame.within(frame, name, Scalar.ANY));
    }
    checker.enter(frame);
    return checker.check(term);
  }

  /**
   * Its value.
   *
   * @param values of all variables that it was read with
   * @throws ExpressionException when it has none
   */
  public JsonNode value(Bindings bindings, Map<String, JsonNode> values)
      throws ExpressionException {
    try {
      return evaluator(bindings, values).value(term);
    } catch (Failure failure) {
      throw new ExpressionException(failure.text(), Math.max(0, failure.at()));
    }
  }

  /**
   * What its comparisons looked at, in the order of the text: of each side that is no constant the
   * value. Sides that have none are left out.
   */
  public List<Sight> sights(Bindings bindings, Map<String, JsonNode> values) {
    List<Sight> seen = new ArrayList<>();
    look(term, 0, text.length(), evaluator(bindings, values), seen);
    return seen.stream().distinct().toList();
  }

  private Evaluator evaluator(Bindings bindings, Map<String, JsonNode> values) {
    Evaluator evaluator = new Evaluator(bindings);
    Optional<Frame<JsonNode>> frame = Optional.empty();
    for (String name : variables) {
      frame =
          Optional.of(
              Frame.within(frame, name, java.util.Objects.requireNonNull(values.get(name))));
    }
    evaluator.enter(frame);
    return evaluator;
  }

  /** A term that stands between two offsets, with parentheses around it perhaps. */
  private void look(Term part, int from, int to, Evaluator evaluator, List<Sight> seen) {
    switch (part) {
      case Term _ when isConstant(part) -> {}
      case Term.Not not when text.startsWith("!", not.at()) ->
          look(not.of(), not.at() + 1, to, evaluator, seen);
      case Term.Binary both when splits(both, from, to) -> {
        look(both.left(), from, both.at(), evaluator, seen);
        look(both.right(), both.at() + both.operator().text().length(), to, evaluator, seen);
      }
      default -> see(part, from, to, evaluator, seen);
    }
  }

  private static boolean isConstant(Term part) {
    return switch (part) {
      case Term.Constant _ -> true;
      case Term.Items items -> items.elements().stream().allMatch(FreeExpression::isConstant);
      case Term.Fields fields ->
          fields.entries().stream().allMatch(e -> isConstant(e.key()) && isConstant(e.value()));
      default -> false;
    };
  }

  private boolean splits(Term.Binary both, int from, int to) {
    Operator operator = both.operator();
    return (operator == Operator.AND || operator == Operator.OR || COMPARISONS.contains(operator))
        && both.at() >= from
        && both.at() < to
        && text.startsWith(operator.text(), both.at());
  }

  private void see(Term part, int from, int to, Evaluator evaluator, List<Sight> seen) {
    try {
      JsonNode value = evaluator.value(part);
      if (!value.isMissingNode()) {
        seen.add(new Sight(balanced(text.substring(from, to).strip()), value));
      }
    } catch (Failure _) {
      // It has no value, which the expression as a whole says if it matters.
    }
  }

  /** Without parentheses that belong to what stands around it. */
  private static String balanced(String slice) {
    String rest = slice;
    int depth = depth(rest);
    while (depth > 0 && rest.startsWith("(")) {
      rest = rest.substring(1).strip();
      depth--;
    }
    while (depth < 0 && rest.endsWith(")")) {
      rest = rest.substring(0, rest.length() - 1).strip();
      depth++;
    }
    return rest;
  }

  /** How many parentheses are open at the end; those in strings don't count. */
  private static int depth(String slice) {
    int depth = 0;
    char quote = 0;
    for (int i = 0; i < slice.length(); i++) {
      char c = slice.charAt(i);
      if (quote != 0) {
        i += c == '\\' ? 1 : 0;
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '(' || c == ')') {
        depth += c == '(' ? 1 : -1;
      }
    }
    return depth;
  }
}
