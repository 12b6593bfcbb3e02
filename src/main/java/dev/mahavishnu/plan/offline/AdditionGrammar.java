package dev.mahavishnu.plan.offline;

import dev.mahavishnu.plan.offline.StepText.Addition;
import dev.mahavishnu.plan.offline.StepText.Retrying;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What is said of a step after what it does: its name, retries, what it gets, when it runs. */
final class AdditionGrammar {
  private final Cursor cursor;
  private final ValueGrammar values;
  private final ConditionGrammar conditions;
  private final Amounts amounts;
  private final WithGrammar with;

  AdditionGrammar(Cursor cursor, ValueGrammar values, ConditionGrammar conditions) {
    this.cursor = cursor;
    this.values = values;
    this.conditions = conditions;
    this.amounts = new Amounts(cursor);
    this.with = new WithGrammar(cursor, values);
  }

  /** As many additions as follow. */
  List<Addition> all() {
    List<Addition> all = new ArrayList<>();
    while (true) {
      Optional<List<Addition>> next = with.list().or(() -> next(all).map(List::of));
      if (next.isEmpty()) {
        return all;
      }
      all.addAll(next.orElseThrow());
      cursor.complete();
    }
  }

  private Optional<Addition> next(List<Addition> before) {
    boolean named = before.stream().anyMatch(Addition.Named.class::isInstance);
    return (named ? Optional.<Addition>empty() : named())
        .or(this::cached)
        .or(this::folder)
        .or(this::expecting)
        .or(this::forEach)
        .or(this::amongItems)
        .or(this::condition)
        .or(this::always)
        .or(this::place);
  }

  private Optional<Addition> rule(Form form, Supplier<Optional<Addition>> rule) {
    return cursor.attempt(
        () -> {
          cursor.enter(form);
          return rule.get();
        });
  }

  private Optional<Addition> named() {
    int start = cursor.position();
    return rule(
        Form.NAMED,
        () ->
            cursor.takeAny("as", "called", "named") && cursor.commit()
                ? values
                    .newName("a name")
                    .map(name -> new Addition.Named(name, cursor.since(start)))
                : Optional.empty());
  }

  private Optional<Addition> cached() {
    int start = cursor.position();
    return rule(
        Form.CACHED,
        () ->
            cursor.take("cached")
                ? Optional.of(
                    new Addition.Cached(
                        cursor.attempt(
                            () -> cursor.take("for") ? amounts.duration() : Optional.empty()),
                        cursor.since(start)))
                : Optional.empty());
  }

  private Optional<Addition> folder() {
    int start = cursor.position();
    return rule(
        Form.FOLDER,
        () ->
            cursor.take("in the folder") && cursor.commit()
                ? cursor
                    .take(
                        "a folder",
                        token -> token.is(Token.Kind.WORD) || token.is(Token.Kind.QUOTED))
                    .map(path -> new Addition.Folder(path.text(), cursor.since(start)))
                : Optional.empty());
  }

  private Optional<Addition> expecting() {
    int start = cursor.position();
    return rule(
        Form.CALL,
        () -> {
          if (!cursor.take("expecting")) {
            return Optional.empty();
          }
          cursor.skip("status");
          return amounts
              .number()
              .map(first -> orMore(first))
              .map(all -> new Addition.Expecting(all, cursor.since(start)));
        });
  }

  private List<Integer> orMore(int first) {
    List<Integer> all = new ArrayList<>(List.of(first));
    while (true) {
      Optional<Integer> next =
          cursor.attempt(() -> cursor.takeAny("or") ? amounts.number() : Optional.empty());
      if (next.isEmpty()) {
        return all;
      }
      all.add(next.orElseThrow());
    }
  }

  /** {@code for each region in eu, us}. */
  Optional<Addition> forEach() {
    int start = cursor.position();
    return rule(
        Form.FOR_EACH,
        () -> {
          if (!cursor.takeAny("for each", "for every") || !cursor.commit()) {
            return Optional.empty();
          }
          Optional<Name> item = values.newName("a name for the item");
          boolean range = item.isPresent() && cursor.peek().word().equals("from");
          return item.filter(_ -> range ? cursor.take("from") : cursor.take("in"))
              .flatMap(name -> values.list().map(list -> forEach(name, list, start)));
        });
  }

  private Addition forEach(Name item, Value list, int start) {
    return new Addition.ForEach(item, list, cursor.since(start));
  }

  /** {@code , at most 4 at a time}, {@code in batches of 100}. */
  private Optional<Addition> amongItems() {
    int start = cursor.position();
    return rule(
        Form.FOR_EACH,
        () -> {
          cursor.skipMark(",");
          if (cursor.take("in batches of")) {
            cursor.commit();
            return amounts.number().map(n -> new Addition.Batches(n, cursor.since(start)));
          }
          cursor.skip("at most");
          return amounts
              .number()
              .filter(_ -> cursor.take("at a time"))
              .map(n -> new Addition.Concurrency(n, cursor.since(start)));
        });
  }

  /** {@code only if …}, {@code unless …}, {@code if …}. */
  private Optional<Addition> condition() {
    return rule(
        Form.CONDITION,
        () -> {
          boolean comma = cursor.skipMark(",");
          int start = cursor.position();
          boolean unless = cursor.take("unless");
          if (!unless && !cursor.take("only if") && (comma || !cursor.take("if"))) {
            return Optional.empty();
          }
          cursor.commit();
          return conditions
              .condition()
              .map(c -> new Addition.OnlyIf(c, unless, cursor.since(start)));
        });
  }

  private Optional<Addition> always() {
    int start = cursor.position();
    return rule(
        Form.ALWAYS,
        () ->
            cursor.takeAny("even if it fails", "even if it failed", "even if they fail")
                ? Optional.of(new Addition.Always(cursor.since(start)))
                : Optional.empty());
  }

  private Optional<Addition> place() {
    return after().or(this::before).or(this::between).or(this::atEdge);
  }

  /** What can be said of a step that there is, beyond what has a form of its own. */
  Optional<Addition> placing() {
    return condition().or(this::after).or(this::always);
  }

  /** {@code after a and b}. */
  Optional<Addition> after() {
    int start = cursor.position();
    return rule(
        Form.AFTER,
        () ->
            cursor.take("after")
                ? values.steps().map(steps -> new Addition.After(steps, cursor.since(start)))
                : Optional.empty());
  }

  private Optional<Addition> before() {
    int start = cursor.position();
    return rule(
        Form.ADD,
        () ->
            cursor.take("before")
                ? values.steps().map(steps -> new Addition.Before(steps, cursor.since(start)))
                : Optional.empty());
  }

  private Optional<Addition> between() {
    int start = cursor.position();
    return rule(
        Form.ADD,
        () -> {
          if (!cursor.take("between")) {
            return Optional.empty();
          }
          return values
              .name("a step")
              .filter(_ -> cursor.take("and"))
              .flatMap(
                  first ->
                      values
                          .name("a step")
                          .map(second -> new Addition.Between(first, second, cursor.since(start))));
        });
  }

  /** {@code at the end}, {@code at the start}. */
  Optional<Addition> atEdge() {
    int start = cursor.position();
    return rule(
        Form.ADD,
        () -> {
          if (cursor.takeAny("at the end")) {
            return Optional.of(new Addition.AtEnd(cursor.since(start)));
          }
          return cursor.takeAny("at the start", "at the beginning")
              ? Optional.of(new Addition.AtStart(cursor.since(start)))
              : Optional.empty();
        });
  }

  /** How often and how soon, after {@code N retries} or {@code N times}. */
  Retrying retrying(int times) {
    return with.retrying(times);
  }
}
