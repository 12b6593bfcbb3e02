package dev.mahavishnu.expr;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A parsed expression: names resolved, macros known, nothing of the CEL library left. {@code at} is
 * the offset in the text that a message about the term points to.
 */
sealed interface Term {
  int at();

  record Constant(JsonNode value, int at) implements Term {}

  /** {@code params.NAME}. */
  record Parameter(String name, int at) implements Term {}

  /** {@code tasks.ID.output}. */
  record Output(String task, int at) implements Term {}

  /** {@code tasks.ID.state}. */
  record TaskState(String task, int at) implements Term {}

  /** {@code secrets.NAME}. */
  record Secret(String name, int at) implements Term {}

  /** {@code run.id} and the like. */
  record RunField(String name, int at) implements Term {}

  record Item(int at) implements Term {}

  record ItemIndex(int at) implements Term {}

  /** The variable of an enclosing {@link Loop}. */
  record Variable(String name, int at) implements Term {}

  /**
   * {@code of.name} or {@code of["name"]}.
   *
   * @param optional gives an absent value instead of an error when there is no such field
   */
  record Field(Term of, String name, boolean optional, int at) implements Term {}

  /** {@code of[index]}. */
  record Element(Term of, Term index, boolean optional, int at) implements Term {}

  /** {@code has(of.name)}. */
  record Has(Term of, String name, int at) implements Term {}

  /** {@code of.orValue(otherwise)}. */
  record OrValue(Term of, Term otherwise, int at) implements Term {}

  /** {@code of.hasValue()}. */
  record HasValue(Term of, int at) implements Term {}

  record Not(Term of, int at) implements Term {}

  record Negative(Term of, int at) implements Term {}

  record Binary(Operator operator, Term left, Term right, int at) implements Term {}

  /** {@code condition ? yes : no}. */
  record Choice(Term condition, Term yes, Term no, int at) implements Term {}

  record Items(List<Term> elements, int at) implements Term {
    public Items {
      elements = List.copyOf(elements);
    }
  }

  record Fields(List<Entry> entries, int at) implements Term {
    public Fields {
      entries = List.copyOf(entries);
    }
  }

  record Entry(Term key, Term value) {}

  /** {@code over.map(variable, body)} and its kin. */
  record Loop(LoopKind kind, Term over, String variable, Optional<Term> filter, Term body, int at)
      implements Term {}

  record Call(Function function, List<Term> arguments, int at) implements Term {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /** Whether the value may be absent, which only {@code orValue} and {@code hasValue} take. */
  static boolean optional(Term term) {
    return switch (term) {
      case Field f -> f.optional();
      case Element e -> e.optional();
      default -> false;
    };
  }
}
