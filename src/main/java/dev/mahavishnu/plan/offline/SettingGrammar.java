package dev.mahavishnu.plan.offline;

import dev.mahavishnu.plan.offline.Clause.Manner;
import dev.mahavishnu.plan.offline.Clause.Target;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** What is set for steps that there are, or for the whole flow: retries, timeouts, the schedule. */
final class SettingGrammar {
  private final Cursor cursor;
  private final ValueGrammar values;
  private final AdditionGrammar additions;
  private final ScheduleGrammar schedules;
  private final Amounts amounts;

  SettingGrammar(
      Cursor cursor, ValueGrammar values, AdditionGrammar additions, ScheduleGrammar schedules) {
    this.cursor = cursor;
    this.values = values;
    this.additions = additions;
    this.schedules = schedules;
    this.amounts = new Amounts(cursor);
  }

  Optional<Clause> setting() {
    return clause(Form.RETRY, this::retry)
        .or(() -> clause(Form.DO_NOT_RETRY, this::doNot))
        .or(() -> clause(Form.TIMEOUT, this::timeout))
        .or(() -> clause(Form.SET_TIMEOUT, this::setTimeout))
        .or(() -> clause(Form.CACHE, this::cache))
        .or(() -> clause(Form.CHANGE_SCHEDULE, this::schedule))
        .or(() -> clause(Form.LIMIT, this::limit))
        .or(() -> clause(Form.RENAME_FLOW, this::nameFlow))
        .or(() -> clause(Form.DESCRIBE, this::describe));
  }

  private Optional<Clause> clause(Form form, Supplier<Optional<Clause>> rule) {
    return cursor.attempt(
        () -> {
          cursor.enter(form);
          return rule.get();
        });
  }

  /** {@code each step}, {@code load}, {@code check and load}. */
  Optional<Target> target() {
    int start = cursor.position();
    if (cursor.takeAny("each step", "every step", "all steps", "all the steps")) {
      return Optional.of(new Target.Each(cursor.since(start)));
    }
    return values.steps().map(steps -> new Target.These(steps, cursor.since(start)));
  }

  /** A target, or the flow itself. */
  Optional<Target> flowOrTarget() {
    int start = cursor.position();
    return cursor.takeAny("the flow", "the whole flow")
        ? Optional.of(new Target.Whole(cursor.since(start)))
        : target();
  }

  private Optional<Clause> retry() {
    int start = cursor.position();
    if (!cursor.take("retry")) {
      return Optional.empty();
    }
    cursor.commit();
    int gap = cursor.since(start).end();
    Optional<Clause> unsaid =
        cursor
            .attempt(amounts::times)
            .map(additions::retrying)
            .map(retrying -> new Clause.RetryUnsaid(retrying, gap, cursor.since(start)));
    return unsaid.or(
        () ->
            target()
                .flatMap(
                    target ->
                        amounts
                            .times()
                            .map(additions::retrying)
                            .map(r -> new Clause.Retry(target, r, cursor.since(start)))));
  }

  private Optional<Clause> doNot() {
    int start = cursor.position();
    if (!cursor.takeAny("don't", "do not", "never")) {
      return Optional.empty();
    }
    cursor.commit();
    if (cursor.take("cache")) {
      return target().map(t -> new Clause.Caching(t, false, Optional.empty(), cursor.since(start)));
    }
    StepText.Retrying none = new StepText.Retrying(0, Optional.empty(), false, Optional.empty());
    return cursor.take("retry")
        ? target().map(target -> new Clause.Retry(target, none, cursor.since(start)))
        : Optional.empty();
  }

  private Optional<Clause> timeout() {
    int start = cursor.position();
    if (!cursor.take("time out") || !cursor.commit()) {
      return Optional.empty();
    }
    return limited(flowOrTarget(), "after", start);
  }

  private Optional<Clause> setTimeout() {
    int start = cursor.position();
    if (!cursor.takeAny("set", "change")) {
      return Optional.empty();
    }
    cursor.skip("the");
    if (cursor.take("retries of")) {
      cursor.commit();
      return retries(start);
    }
    if (!cursor.take("timeout of")) {
      return Optional.empty();
    }
    cursor.commit();
    return limited(flowOrTarget(), "to", start);
  }

  private Optional<Clause> retries(int start) {
    return target()
        .filter(_ -> cursor.take("to"))
        .flatMap(
            target ->
                amounts
                    .number()
                    .map(additions::retrying)
                    .map(r -> new Clause.Retry(target, r, cursor.since(start))));
  }

  private Optional<Clause> limited(Optional<Target> target, String word, int start) {
    return target
        .filter(_ -> cursor.take(word))
        .flatMap(
            t ->
                amounts
                    .duration()
                    .map(
                        (Duration d) ->
                            new Clause.Timeout(t, Optional.of(d), cursor.since(start))));
  }

  private Optional<Clause> cache() {
    int start = cursor.position();
    if (!cursor.take("cache")) {
      return Optional.empty();
    }
    cursor.commit();
    return target()
        .map(
            target -> {
              Optional<Duration> expires =
                  cursor.attempt(() -> cursor.take("for") ? amounts.duration() : Optional.empty());
              return new Clause.Caching(target, true, expires, cursor.since(start));
            });
  }

  /** {@code change the schedule to S}, {@code schedule it S}, {@code add the schedule S}. */
  private Optional<Clause> schedule() {
    int start = cursor.position();
    boolean added = cursor.takeAny("add the schedule", "add a schedule");
    boolean changed =
        !added
            && cursor.takeAny(
                "change the schedule to",
                "set the schedule to",
                "schedule it",
                "schedule the flow");
    if (!added && !changed) {
      return Optional.empty();
    }
    cursor.commit();
    cursor.skipMark(":");
    Manner manner = added ? Manner.ADDED : Manner.CHANGED;
    return schedules
        .expected()
        .map(schedule -> new Clause.Scheduled(manner, schedule, cursor.since(start)));
  }

  private Optional<Clause> limit() {
    int start = cursor.position();
    boolean limit = cursor.take("limit the flow to") && cursor.commit();
    if (!limit && !cursor.take("at most")) {
      return Optional.empty();
    }
    return amounts
        .number()
        .filter(_ -> cursor.takeAny("steps at a time", "step at a time"))
        .map(n -> new Clause.Limit(n, cursor.since(start)));
  }

  private Optional<Clause> nameFlow() {
    int start = cursor.position();
    return cursor.takeAny("call the flow", "name the flow", "rename the flow to") && cursor.commit()
        ? values.newName("a name").map(name -> new Clause.NameFlow(name, cursor.since(start)))
        : Optional.empty();
  }

  private Optional<Clause> describe() {
    int start = cursor.position();
    return cursor.takeAny("describe the flow as", "described as") && cursor.commit()
        ? cursor
            .take("a text in quotes", token -> token.is(Token.Kind.QUOTED))
            .map(text -> new Clause.Describe(text.text(), cursor.since(start)))
        : Optional.empty();
  }
}
