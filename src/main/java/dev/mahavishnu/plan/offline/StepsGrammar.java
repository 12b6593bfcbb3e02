package dev.mahavishnu.plan.offline;

import dev.mahavishnu.plan.offline.Clause.Layout;
import dev.mahavishnu.plan.offline.Clause.Link;
import dev.mahavishnu.plan.offline.Clause.Order;
import dev.mahavishnu.plan.offline.Clause.Role;
import dev.mahavishnu.plan.offline.StepText.Addition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Steps that are said together: {@code for each x in y run ./a.sh and ./b.sh in parallel}. */
final class StepsGrammar {
  private final Cursor cursor;
  private final ValueGrammar values;
  private final ConditionGrammar conditions;
  private final AdditionGrammar additions;
  private final StepGrammar step;

  StepsGrammar(
      Cursor cursor,
      ValueGrammar values,
      ConditionGrammar conditions,
      AdditionGrammar additions,
      StepGrammar step) {
    this.cursor = cursor;
    this.values = values;
    this.conditions = conditions;
    this.additions = additions;
    this.step = step;
  }

  /** Steps of the flow, or what runs on failure. */
  Optional<Clause> steps(Link link) {
    return onFailure(link).or(() -> group(link, Role.STEP).map(Clause.class::cast));
  }

  private Optional<Clause> onFailure(Link link) {
    return cursor.attempt(
        () -> {
          cursor.enter(Form.ON_FAILURE);
          boolean any =
              cursor.skip("if any step fails")
                  || cursor.skip("if anything fails")
                  || cursor.skip("if the flow fails");
          if (!any && !cursor.take("on failure")) {
            return Optional.empty();
          }
          cursor.commit();
          cursor.skipMark(",");
          return group(link, Role.ON_FAILURE).map(Clause.class::cast);
        });
  }

  private Optional<Clause.Steps> group(Link link, Role role) {
    return cursor.attempt(
        () -> {
          int start = cursor.position();
          List<Addition> prefix = prefix();
          boolean together = cursor.attemptAll(_ -> cursor.take("in parallel"));
          cursor.skipMark(",");
          boolean verb = link.order() == Order.NONE || !prefix.isEmpty();
          return (verb ? step.verbStep() : step.step())
              .map(first -> rest(first, link, role, prefix, together, start));
        });
  }

  private Clause.Steps rest(
      StepText first, Link link, Role role, List<Addition> prefix, boolean together, int start) {
    List<StepText> steps = new ArrayList<>(values.andMore(first, step::step));
    int after = cursor.position();
    cursor.enter(Form.PARALLEL);
    Clause.Together how = together ? Clause.Together.PARALLEL : Clause.Together.UNSAID;
    if (cursor.takeAny("in parallel with")) {
      how = Clause.Together.PARALLEL;
      step.step().ifPresent(other -> steps.addAll(values.andMore(other, step::step)));
    } else if (cursor.takeAny("in parallel", "at the same time", "concurrently")) {
      how = Clause.Together.PARALLEL;
    } else if (!together && cursor.takeAny("one after the other", "in this order")) {
      how = Clause.Together.SEQUENCE;
    }
    Span said = cursor.position() > after ? cursor.since(after) : empty(steps);
    cursor.complete();
    List<Addition> each = each();
    return new Clause.Steps(
        role, link, prefix, steps, new Layout(how, said), each, cursor.since(start));
  }

  private static Span empty(List<StepText> steps) {
    int end = steps.getLast().span().end();
    return new Span(end, end);
  }

  /** {@code , each with 2 retries}. */
  private List<Addition> each() {
    return cursor
        .attempt(
            () -> {
              cursor.skipMark(",");
              return cursor.take("each")
                  ? Optional.of(additions.all()).filter(all -> !all.isEmpty())
                  : Optional.empty();
            })
        .orElse(List.of());
  }

  private List<Addition> prefix() {
    List<Addition> prefix = new ArrayList<>();
    while (true) {
      Optional<Addition> next =
          cursor
              .attempt(this::forEach)
              .or(() -> cursor.attempt(this::condition))
              .or(() -> cursor.attempt(this::always))
              .or(() -> cursor.attempt(this::place));
      if (next.isEmpty()) {
        return prefix;
      }
      prefix.add(next.orElseThrow());
    }
  }

  private Optional<Addition> forEach() {
    Optional<Addition> forEach = additions.forEach();
    if (forEach.isPresent() && !cursor.skipMark(",")) {
      cursor.skipMark(":");
    }
    return forEach;
  }

  private Optional<Addition> condition() {
    int start = cursor.position();
    cursor.enter(Form.IF_FAILS);
    boolean unless = cursor.take("unless");
    if (!unless && !cursor.take("only if") && !cursor.take("if")) {
      return Optional.empty();
    }
    cursor.commit();
    Optional<Addition> condition =
        conditions.condition().map(c -> new Addition.OnlyIf(c, unless, cursor.since(start)));
    cursor.skipMark(",");
    cursor.skip("then");
    return condition;
  }

  private Optional<Addition> always() {
    int start = cursor.position();
    cursor.enter(Form.ALWAYS);
    return cursor.take("always")
        ? Optional.of(new Addition.Always(cursor.since(start)))
        : Optional.empty();
  }

  private Optional<Addition> place() {
    Optional<Addition> place = additions.after().or(additions::atEdge);
    cursor.skipMark(",");
    return place;
  }

  /** {@code add a step notify that runs ./notify.sh after load}, {@code add ./notify.sh …}. */
  Optional<Clause> added(int start) {
    return cursor.attempt(
        () -> {
          cursor.enter(Form.ADD);
          Optional<Addition.Named> name = cursor.attempt(this::stepCalled);
          Optional<StepText> added = name.isPresent() ? step.verbStep() : unnamed();
          Link none = new Link(Order.NONE, new Span(0, 0));
          return added
              .map(
                  s ->
                      name.filter(n -> !n.name().text().isEmpty())
                          .map(n -> s.and(List.of(n)))
                          .orElse(s))
              .map(s -> rest(s, none, Role.ADDED, List.of(), false, start));
        });
  }

  private Optional<StepText> unnamed() {
    return step.step();
  }

  /** {@code a step [called] notify that}; without a name an empty one. */
  private Optional<Addition.Named> stepCalled() {
    if (!cursor.skip("a") && !cursor.skip("another")) {
      cursor.skip("the");
    }
    cursor.skip("new");
    if (!cursor.take("step")) {
      return Optional.empty();
    }
    cursor.commit();
    int start = cursor.position();
    boolean called = cursor.skip("called") || cursor.skip("named");
    Optional<Name> name =
        cursor.sees("that", "which") && !called
            ? Optional.of(new Name("", cursor.since(start)))
            : values.newName("a name for the step");
    return name.filter(_ -> cursor.takeAny("that", "which"))
        .map(given -> new Addition.Named(given, given.span()));
  }
}
