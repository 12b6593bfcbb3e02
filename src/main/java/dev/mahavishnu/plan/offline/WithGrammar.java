package dev.mahavishnu.plan.offline;

import dev.mahavishnu.plan.offline.StepText.Addition;
import dev.mahavishnu.plan.offline.StepText.Retrying;
import java.time.Duration;
import java.util.Optional;
import java.util.List;
import java.util.function.Supplier;

/** {@code with 3 retries, a timeout of 5 minutes and the output of extract}. */
final class WithGrammar {
  private final Cursor cursor;
  private final ValueGrammar values;
  private final Amounts amounts;

  WithGrammar(Cursor cursor, ValueGrammar values) {
    this.cursor = cursor;
    this.values = values;
    this.amounts = new Amounts(cursor);
  }

  Optional<List<Addition>> list() {
    return cursor.attempt(
        () -> cursor.take("with") ? item().map(first -> values.andMore(first, this::item)) : none());
  }

  private static Optional<List<Addition>> none() {
    return Optional.empty();
  }

  private Optional<Addition> item() {
    Optional<Addition> item =
        retries()
            .or(this::timeout)
            .or(this::header)
            .or(this::body)
            .or(this::set)
            .or(this::give);
    item.ifPresent(_ -> cursor.complete());
    return item;
  }

  private Optional<Addition> rule(Form form, Supplier<Optional<Addition>> rule) {
    return cursor.attempt(
        () -> {
          cursor.enter(form);
          return rule.get();
        });
  }

  private Optional<Addition> retries() {
    int start = cursor.position();
    return rule(
        Form.STEP_RETRIES,
        () ->
            amounts
                .number()
                .filter(n -> cursor.take(n == 1 ? "retry" : "retries"))
                .map(n -> new Addition.Retries(retrying(n), cursor.since(start))));
  }

  Retrying retrying(int times) {
    Optional<Duration> apart =
        cursor.attempt(
            () -> {
              cursor.skipMark(",");
              return amounts.duration().filter(_ -> cursor.take("apart"));
            });
    if (apart.isPresent()) {
      return new Retrying(times, apart, false, Optional.empty());
    }
    boolean grows =
        cursor.attemptAll(
            _ -> {
              if (!cursor.skipMark(",") && !cursor.skip("and")) {
                cursor.skip("with");
              }
              return cursor.take("exponential backoff") && cursor.commit();
            });
    if (!grows) {
      return new Retrying(times, Optional.empty(), false, Optional.empty());
    }
    Optional<Duration> first = after("starting at");
    return new Retrying(times, first, true, after("up to"));
  }

  private Optional<Duration> after(String phrase) {
    return cursor.attempt(() -> cursor.take(phrase) ? amounts.duration() : Optional.empty());
  }

  private Optional<Addition> timeout() {
    int start = cursor.position();
    return rule(
        Form.STEP_TIMEOUT,
        () -> {
          cursor.skip("a");
          return cursor.take("timeout of") && cursor.commit()
              ? amounts.duration().map(d -> new Addition.Timeout(d, cursor.since(start)))
              : Optional.empty();
        });
  }

  private Optional<Addition> header() {
    int start = cursor.position();
    return rule(
        Form.CALL,
        () ->
            cursor.take("header") && cursor.commit()
                ? cursor
                    .take("a header's name", token -> token.text().matches("[A-Za-z][A-Za-z0-9-]*"))
                    .filter(_ -> cursor.take("set to"))
                    .flatMap(
                        name ->
                            values
                                .value()
                                .map(v -> new Addition.Header(name.text(), v, cursor.since(start))))
                : Optional.empty());
  }

  private Optional<Addition> body() {
    int start = cursor.position();
    return rule(
        Form.CALL,
        () ->
            cursor.take("body") && cursor.commit()
                ? values.value().map(v -> new Addition.Body(v, cursor.since(start)))
                : Optional.empty());
  }

  private Optional<Addition> set() {
    int start = cursor.position();
    return rule(
        Form.SET,
        () ->
            values
                .name("a name")
                .filter(_ -> cursor.take("set to") && cursor.commit())
                .flatMap(
                    name ->
                        values.value().map(v -> new Addition.Set(name, v, cursor.since(start)))));
  }

  private Optional<Addition> give() {
    return rule(
        Form.GIVE,
        () ->
            values
                .reference()
                .or(this::literal)
                .or(this::bare)
                .map(value -> new Addition.Give(value, value.span())));
  }

  private Optional<Value> bare() {
    return cursor.mayBeNamed(cursor.peek()) && !cursor.sees("a")
        ? values.name("a value").map(Value.Named::new)
        : Optional.empty();
  }

  /** Not the number of {@code , 2 at a time}, and not a command that stands beside this one. */
  private Optional<Value> literal() {
    return cursor.attempt(
        () -> {
          boolean program = Commands.isProgram(cursor.peek());
          return values
              .literal()
              .filter(_ -> !program && !cursor.peek().word().equals("at"));
        });
  }
}
