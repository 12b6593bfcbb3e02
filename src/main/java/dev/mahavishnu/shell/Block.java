package dev.mahavishnu.shell;

import dev.mahavishnu.expr.FreeExpression;
import dev.mahavishnu.spec.ExpressionChecker.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An {@code if} with all that belongs to it. It is read as a whole before anything of it is done.
 *
 * @param branches asked in order; the first whose condition holds is done
 * @param otherwise what is done where none holds
 */
record Block(List<Branch> branches, List<Step> otherwise) {
  Block {
    branches = List.copyOf(branches);
    otherwise = List.copyOf(otherwise);
  }

  /**
   * What is done on a condition.
   *
   * @param asked the line in which the condition stands
   */
  record Branch(Statement asked, Condition condition, List<Step> steps) {
    Branch {
      steps = List.copyOf(steps);
    }
  }

  /** A statement, or a block within. */
  sealed interface Step {
    record Plain(Statement statement) implements Step {}

    record Nested(Block block) implements Step {}
  }

  /** What reading one gives. */
  sealed interface Read {
    record Good(Block block) implements Read {}

    /**
     * Something is wrong.
     *
     * @param statement in which
     * @param at offset in it
     */
    record Bad(Statement statement, int at, String message, String hint) implements Read {}
  }

  /** A block on one line. */
  static Read of(Statement statement, ScriptLine.If asked) {
    List<Read.Bad> faults = new ArrayList<>();
    wrong(statement, asked.condition()).ifPresent(faults::add);
    List<Step> then = asked.then().map(part -> step(statement, part, faults)).stream().toList();
    List<Step> otherwise =
        asked.otherwise().map(part -> step(statement, part, faults)).stream().toList();
    return faults.isEmpty()
        ? new Read.Good(
            new Block(List.of(new Branch(statement, asked.condition(), then)), otherwise))
        : faults.getFirst();
  }

  private static Step step(Statement statement, ScriptLine.Part part, List<Read.Bad> faults) {
    Statement inner = statement.part(part);
    if (part.text().isEmpty()) {
      faults.add(new Read.Bad(statement, part.at(), "a statement is missing here", ""));
    }
    wrong(inner).ifPresent(faults::add);
    return new Step.Plain(inner);
  }

  /** Reads a statement whose form is a block. */
  static Read of(Statement statement) {
    return new Reader(Statements.of(statement.text()), statement.line() - 1).read();
  }

  /** What is wrong with a statement, as far as its words tell. */
  private static Optional<Read.Bad> wrong(Statement statement) {
    if (statement.form() != Statement.Form.LINE) {
      return Optional.empty();
    }
    return switch (ScriptLine.of(statement.text()).orElse(null)) {
      case ScriptLine.Expect expect -> wrong(statement, expect.condition());
      case ScriptLine.Let let ->
          LetValue.of(let) instanceof LetValue.Computed computed
              ? wrong(statement, computed.condition())
              : Optional.empty();
      case ScriptLine.If asked when asked.then().isPresent() ->
          of(statement, asked) instanceof Read.Bad bad ? Optional.of(bad) : Optional.empty();
      case ScriptLine.Try tried -> wrong(statement.part(tried.statement()));
      case ScriptLine.Wrong wrong ->
          Optional.of(new Read.Bad(statement, wrong.at(), wrong.message(), wrong.hint()));
      case null, default -> Optional.empty();
    };
  }

  private static Optional<Read.Bad> wrong(Statement statement, Condition condition) {
    return switch (Judge.read(condition)) {
      case FreeExpression.Read.Good _ -> Optional.empty();
      case FreeExpression.Read.Bad bad -> {
        Fault fault = bad.faults().getFirst();
        yield Optional.of(
            new Read.Bad(
                statement, condition.at() + fault.offset(), fault.message(), fault.hint()));
      }
    };
  }

  /** Reads the lines of one. */
  private static final class Reader {
    private final Statements statements;
    private final int above;
    private final List<Read.Bad> faults = new ArrayList<>();

    Reader(Statements statements, int above) {
      this.statements = statements;
      this.above = above;
    }

    Read read() {
      Statement first = next().orElseThrow();
      Block block = block(first, (ScriptLine.If) ScriptLine.of(first.text()).orElseThrow());
      return faults.isEmpty() ? new Read.Good(block) : faults.getFirst();
    }

    private Optional<Statement> next() {
      return statements.nextLine().map(s -> s.below(above));
    }

    private Block block(Statement first, ScriptLine.If asked) {
      List<Branch> branches = new ArrayList<>();
      List<Step> otherwise = List.of();
      Optional<Branch> open = Optional.of(branch(first, asked.condition()));
      while (true) {
        List<Step> steps = new ArrayList<>();
        Optional<Statement> after = steps(first, steps);
        if (open.isPresent()) {
          branches.add(new Branch(open.get().asked(), open.get().condition(), steps));
        } else {
          otherwise = steps;
        }
        if (after.isEmpty()
            || !(ScriptLine.of(after.get().text()).orElseThrow() instanceof ScriptLine.Else more)) {
          return new Block(branches, otherwise);
        }
        if (open.isEmpty()) {
          faults.add(new Read.Bad(after.get(), 0, "this `if` has its `else` already", ""));
        }
        open = more.condition().map(c -> branch(after.get(), c));
      }
    }

    private Branch branch(Statement asked, Condition condition) {
      wrong(asked, condition).ifPresent(faults::add);
      return new Branch(asked, condition, List.of());
    }

    /**
     * Reads up to the {@code else} or {@code end} of the block that begins with {@code first}.
     *
     * @return that line; empty where there is none
     */
    private Optional<Statement> steps(Statement first, List<Step> steps) {
      for (Optional<Statement> next = next(); next.isPresent(); next = next()) {
        Statement statement = next.get();
        boolean line = statement.form() == Statement.Form.LINE;
        switch (line ? ScriptLine.of(statement.text()).orElse(null) : null) {
          case ScriptLine.Else _, ScriptLine.End _ -> {
            return next;
          }
          case ScriptLine.If asked when asked.then().isEmpty() ->
              steps.add(new Step.Nested(block(statement, asked)));
          case null, default -> {
            wrong(statement).ifPresent(faults::add);
            steps.add(new Step.Plain(statement));
          }
        }
      }
      faults.add(
          new Read.Bad(first, 0, "this `if` has no `end`", "write `end` in a line of its own"));
      return Optional.empty();
    }
  }
}
