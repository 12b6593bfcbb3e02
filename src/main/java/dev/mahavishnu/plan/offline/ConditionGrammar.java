package dev.mahavishnu.plan.offline;

import dev.mahavishnu.plan.offline.Token.Kind;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** When a step runs. */
final class ConditionGrammar {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Cursor cursor;
  private final ValueGrammar values;
  private final Amounts amounts;

  ConditionGrammar(Cursor cursor, ValueGrammar values) {
    this.cursor = cursor;
    this.values = values;
    this.amounts = new Amounts(cursor);
  }

  Optional<Condition> condition() {
    return cursor.one(
        "a condition",
        new Condition.Expression("true", cursor.peek().span()),
        () ->
            cursor
                .attempt(this::ofStep)
                .or(this::expression)
                .or(() -> cursor.attempt(this::comparison)));
  }

  private Optional<Condition> expression() {
    return cursor.peek().is(Kind.BACKQUOTED)
        ? cursor
            .take("an expression", _ -> true)
            .map(token -> new Condition.Expression(token.text(), token.span()))
        : Optional.empty();
  }

  /** What begins with a step's name. */
  private Optional<Condition> ofStep() {
    int start = cursor.position();
    return values.name("a step").flatMap(step -> ended(step, start).or(() -> output(step, start)));
  }

  private Optional<Condition> ended(Name step, int start) {
    if (cursor.takeAny("fails", "failed")) {
      return Optional.of(new Condition.Ended(step, true, cursor.since(start)));
    }
    if (cursor.takeAny("succeeds", "succeeded")) {
      return Optional.of(new Condition.Ended(step, false, cursor.since(start)));
    }
    return Optional.empty();
  }

  private Optional<Condition> output(Name step, int start) {
    if (cursor.takeAny("printed", "returned")) {
      return cursor
          .take("a quoted text", token -> token.is(Kind.QUOTED))
          .map(
              text -> {
                Span span = cursor.since(start);
                Value all = new Value.OutputOf(step, Optional.empty(), step.span());
                JsonNode node = JSON.stringNode(text.text());
                Value right = new Value.Literal(node, text.span());
                return new Condition.Compare(all, "==", right, span);
              });
    }
    return cursor.take("produced")
        ? amount().flatMap(a -> produced(step, a, start))
        : Optional.empty();
  }

  private Optional<Condition> produced(Name step, Amount amount, int start) {
    return values
        .name("what it produced")
        .map(
            field -> {
              Span span = cursor.since(start);
              Value left = new Value.OutputOf(step, Optional.of(field.text()), step.span());
              Value right = new Value.Literal(JSON.numberNode(amount.number), span);
              return new Condition.Compare(left, amount.operator, right, span);
            });
  }

  private record Amount(String operator, int number) {}

  private Optional<Amount> amount() {
    if (cursor.takeAny("any")) {
      return Optional.of(new Amount(">", 0));
    }
    if (cursor.take("no")) {
      return Optional.of(new Amount("==", 0));
    }
    return bound().flatMap(op -> amounts.number().map(number -> new Amount(op, number)));
  }

  private Optional<String> bound() {
    if (cursor.takeAny("more than", "over")) {
      return Optional.of(">");
    }
    if (cursor.takeAny("less than", "fewer than", "under")) {
      return Optional.of("<");
    }
    if (cursor.take("at least")) {
      return Optional.of(">=");
    }
    if (cursor.take("at most")) {
      return Optional.of("<=");
    }
    return cursor.take("exactly") ? Optional.of("==") : Optional.empty();
  }

  /** {@code dry_run is true}, {@code the status of check is at least 400}. */
  private Optional<Condition> comparison() {
    int start = cursor.position();
    Optional<Value> left = values.reference().or(this::named);
    Optional<String> operator = left.flatMap(_ -> operator());
    Optional<Value> right = operator.flatMap(_ -> values.value());
    return right.map(
        value ->
            new Condition.Compare(
                left.orElseThrow(), operator.orElseThrow(), value, cursor.since(start)));
  }

  private Optional<Value> named() {
    cursor.skip("parameter");
    return cursor.mayBeNamed(cursor.peek())
        ? values.name("a parameter").map(Value.Named::new)
        : Optional.empty();
  }

  private Optional<String> operator() {
    if (cursor.takeAny("is not", "isn't", "!=")) {
      return Optional.of("!=");
    }
    if (cursor.takeAny("is")) {
      if (cursor.takeAny("greater than")) {
        return Optional.of(">");
      }
      return bound().or(() -> Optional.of("=="));
    }
    if (cursor.takeAny("equals", "=", "==")) {
      return Optional.of("==");
    }
    return cursor
        .take(
            "a comparison", token -> "> >= < <=".contains(token.word()) && !token.word().isEmpty())
        .map(Token::word);
  }
}
