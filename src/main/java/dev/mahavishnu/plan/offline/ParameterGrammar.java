package dev.mahavishnu.plan.offline;

import dev.mahavishnu.spec.ValueType;
import dev.mahavishnu.spec.ValueType.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parameters and secrets of the flow, and the words that start a new one. */
final class ParameterGrammar {
  private final Cursor cursor;
  private final ValueGrammar values;

  ParameterGrammar(Cursor cursor, ValueGrammar values) {
    this.cursor = cursor;
    this.values = values;
  }

  Optional<Clause> clause() {
    return cursor
        .attempt(this::declare)
        .or(() -> cursor.attempt(this::setDefault))
        .or(() -> cursor.attempt(this::secret));
  }

  /** {@code add a date parameter day}, {@code the flow takes a date parameter day}. */
  private Optional<Clause> declare() {
    int start = cursor.position();
    return cursor.takeAny("add", "the flow takes") ? parameter(start) : Optional.empty();
  }

  /** {@code a [TYPE] parameter NAME [of type TYPE] [with default VALUE]}. */
  private Optional<Clause> parameter(int start) {
    if (!cursor.skip("a")) {
      cursor.skip("an");
    }
    Optional<ValueType> before = cursor.attempt(this::type);
    if (!cursor.take("parameter")) {
      return Optional.empty();
    }
    cursor.commit();
    Optional<Name> name = values.newName("a name for the parameter");
    Optional<ValueType> type =
        before.or(() -> cursor.attempt(() -> cursor.take("of type") ? type() : Optional.empty()));
    boolean list = type.isPresent() && type.orElseThrow() instanceof ValueType.ListOf;
    return name.flatMap(n -> declared(n, type, list, start));
  }

  private Optional<Clause> declared(Name name, Optional<ValueType> type, boolean list, int start) {
    if (!cursor.takeAny("with default", "defaulting to")) {
      return Optional.of(new Clause.Declare(name, type, Optional.empty(), cursor.since(start)));
    }
    cursor.commit();
    return (list ? values.list() : values.value())
        .map(value -> new Clause.Declare(name, type, Optional.of(value), cursor.since(start)));
  }

  private Optional<ValueType> type() {
    if (cursor.take("list")) {
      Optional<ValueType> of =
          cursor.attempt(() -> cursor.take("of") ? scalar("s") : Optional.empty());
      return Optional.of(new ValueType.ListOf(of.orElse(Scalar.STRING)));
    }
    return scalar("");
  }

  private Optional<ValueType> scalar(String plural) {
    return cursor
        .take("a type", token -> scalar(token, plural).isPresent())
        .map(token -> scalar(token, plural).orElse(Scalar.ANY));
  }

  private static Optional<ValueType> scalar(Token token, String plural) {
    if (token.word().equals("text" + plural)) {
      return Optional.of(Scalar.STRING);
    }
    for (Scalar scalar : Scalar.values()) {
      if (scalar != Scalar.ANY && token.word().equals(scalar.text() + plural)) {
        return Optional.of(scalar);
      }
    }
    return Optional.empty();
  }

  private Optional<Clause> setDefault() {
    int start = cursor.position();
    if (!cursor.takeAny("set the default of", "change the default of")) {
      return Optional.empty();
    }
    cursor.enter(Form.DEFAULT);
    cursor.commit();
    return values
        .newName("a parameter")
        .filter(_ -> cursor.take("to"))
        .flatMap(
            name ->
                values
                    .value()
                    .map(value -> new Clause.SetDefault(name, value, cursor.since(start))));
  }

  private Optional<Clause> secret() {
    int start = cursor.position();
    if (!cursor.takeAny("use the secret", "use the secrets")) {
      return Optional.empty();
    }
    cursor.enter(Form.SECRET);
    cursor.commit();
    return values
        .newName("a secret")
        .map(first -> values.andMore(first, () -> values.newName("a secret")))
        .map(names -> new Clause.UseSecret(names, cursor.since(start)));
  }

  /** {@code a flow called nightly with a date parameter day that}, {@code new flow:}. */
  Optional<List<Clause>> newFlow() {
    return cursor.attempt(
        () -> {
          int start = cursor.position();
          cursor.enter(Form.NEW_FLOW);
          if (!cursor.skip("create") && !cursor.skip("make") && !cursor.skip("define")) {
            cursor.skip("build");
          }
          boolean plain = cursor.take("new flow");
          if (!plain && !cursor.takeAny("a flow", "a new flow")) {
            return Optional.empty();
          }
          cursor.commit();
          List<Clause> clauses = new ArrayList<>();
          boolean called = cursor.skip("called") || cursor.skip("named");
          Optional<Name> name = called ? values.newName("a name") : Optional.empty();
          clauses.add(new Clause.NewFlow(name, cursor.since(start)));
          boolean read = (!called || name.isPresent()) && with(clauses);
          return read && (cursor.takeAny("that", "which") || cursor.skipMark(":"))
              ? Optional.of(clauses)
              : Optional.empty();
        });
  }

  /** The parameters of a new flow, if any are said. */
  private boolean with(List<Clause> clauses) {
    if (!cursor.skip("with")) {
      return true;
    }
    cursor.commit();
    Optional<List<Clause>> declared =
        declaredHere().map(first -> values.andMore(first, this::declaredHere));
    declared.ifPresent(clauses::addAll);
    return declared.isPresent();
  }

  private Optional<Clause> declaredHere() {
    return cursor.attempt(() -> parameter(cursor.position()));
  }
}
