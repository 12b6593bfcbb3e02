package dev.mahavishnu.plan.offline;

import dev.mahavishnu.plan.offline.StepText.Addition;
import dev.mahavishnu.plan.offline.StepText.Retrying;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** {@code with 3 retries, a timeout of 5 minutes and the output of extract}. */
final class WithGrammar {
  private static final Pattern BARE = Pattern.compile("-?[0-9][0-9.:TZ+-]*|true|false");

  private final Cursor cursor;
  private final ValueGrammar values;
  private final Amounts amounts;

  /** Whether a bare number or date can come next: after "with", and after a value. */
  private boolean lastGiven = true;

  WithGrammar(Cursor cursor, ValueGrammar values) {
    this.cursor = cursor;
    this.values = values;
    this.amounts = new Amounts(cursor);
  }

  Optional<List<Addition>> list() {
    return cursor.attempt(
        () -> {
          if (!cursor.take("with")) {
            return Optional.empty();
          }
          lastGiven = true;
          return item().map(first -> values.andMore(first, this::item));
        });
  }

  private Optional<Addition> item() {
    Optional<Addition> item =
        retries().or(this::timeout).or(this::header).or(this::body).or(this::set).or(this::give);
    item.ifPresent(
        read -> {
          cursor.complete();
          lastGiven = read instanceof Addition.Give;
        });
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
            settable()
                .filter(_ -> cursor.take("set to") && cursor.commit())
                .flatMap(
                    name ->
                        values.value().map(v -> new Addition.Set(name, v, cursor.since(start)))));
  }

  /** "With timeout set to 10" means the timeout, which is said in another way. */
  private Optional<Name> settable() {
    return cursor.sees("retries", "retry", "timeout", "header", "body")
        ? Optional.empty()
        : values.newName("a name");
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

  /** A word only where it can be nothing else, and not the number of {@code , 2 at a time}. */
  private Optional<Value> literal() {
    Token next = cursor.peek();
    boolean word = next.is(Token.Kind.WORD);
    boolean plain = BARE.matcher(next.text()).matches() && lastGiven;
    return word && !plain
        ? Optional.empty()
        : cursor.attempt(
            () -> values.literal().filter(_ -> !word || !cursor.peek().word().equals("at")));
  }
}
