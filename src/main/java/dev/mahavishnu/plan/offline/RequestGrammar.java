package dev.mahavishnu.plan.offline;

import dev.mahavishnu.plan.offline.Clause.Link;
import dev.mahavishnu.plan.offline.Clause.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A whole request: clauses, one after the other, with nothing left over. */
final class RequestGrammar {
  private final Cursor cursor;
  private final ScheduleGrammar schedules;
  private final SettingGrammar settings;
  private final StepsGrammar steps;
  private final EditGrammar edits;
  private final ParameterGrammar parameters;
  private final List<Clause> clauses = new ArrayList<>();

  private RequestGrammar(Cursor cursor) {
    this.cursor = cursor;
    ValueGrammar values = new ValueGrammar(cursor);
    ConditionGrammar conditions = new ConditionGrammar(cursor, values);
    AdditionGrammar additions = new AdditionGrammar(cursor, values, conditions);
    StepGrammar step = new StepGrammar(cursor, values, additions);
    this.schedules = new ScheduleGrammar(cursor, values);
    this.settings = new SettingGrammar(cursor, values, additions, schedules);
    this.parameters = new ParameterGrammar(cursor, values);
    this.steps = new StepsGrammar(cursor, values, conditions, additions, step);
    this.edits = new EditGrammar(cursor, values, additions, step, steps, settings, parameters);
  }

  /**
   * What reading gave.
   *
   * @param clauses everything that was said, or nothing where some of it was not understood
   * @param cursor where reading ended
   */
  record Reading(Optional<List<Clause>> clauses, Cursor cursor) {}

  static Reading read(List<Token> tokens) {
    return read(tokens, Optional.empty());
  }

  /** The same where bare words can only be these names. */
  static Reading read(List<Token> tokens, Optional<Set<String>> names) {
    Cursor cursor = new Cursor(tokens, names);
    RequestGrammar grammar = new RequestGrammar(cursor);
    boolean whole = grammar.request();
    return new Reading(whole ? Optional.of(grammar.clauses) : Optional.empty(), cursor);
  }

  private boolean request() {
    cursor.skip("please");
    cursor.startClause();
    Optional<List<Clause>> head = parameters.newFlow();
    head.ifPresent(clauses::addAll);
    boolean adjacent = true;
    while (true) {
      if (head.isPresent()) {
        cursor.complete();
      }
      boolean separated = separators();
      cursor.startClause();
      Link link = link();
      separated |= link.order() != Order.NONE;
      if (cursor.atEnd() && link.order() == Order.NONE && !dangling()) {
        return !clauses.isEmpty();
      }
      cursor.startClause();
      Optional<Clause> clause = clause(link, separated || adjacent);
      if (clause.isEmpty()) {
        cursor.fail(cursor.position(), "a step");
        return false;
      }
      cursor.complete();
      clauses.add(clause.orElseThrow());
      adjacent = clause.orElseThrow() instanceof Clause.Scheduled;
    }
  }

  /** Marks and "and", in any order; whether there were any. */
  private boolean separators() {
    int before = cursor.position();
    while (cursor.skipMark(",.;!\n") || cursor.skip("and") || colon()) {
      // all skipped
    }
    return cursor.position() > before;
  }

  private boolean colon() {
    return !clauses.isEmpty()
        && clauses.getLast() instanceof Clause.Scheduled
        && cursor.skipMark(":");
  }

  /** Whether the last word joins something that is not there. */
  private boolean dangling() {
    return cursor.position() > 0
        && List.of("and", "please").contains(cursor.tokens().get(cursor.position() - 1).word());
  }

  /** {@code then}, {@code and finally}, {@code after that}. */
  private Link link() {
    int start = cursor.position();
    Order order = Order.NONE;
    while (true) {
      Order next = order();
      if (next == Order.NONE) {
        break;
      }
      order = next == Order.FIRST && order == Order.THEN ? order : next;
      while (cursor.skipMark(",\n")) {
        // "then, if …"
      }
    }
    return new Link(
        order,
        order == Order.NONE
            ? new Span(cursor.peek().span().start(), cursor.peek().span().start())
            : cursor.since(start));
  }

  private Order order() {
    if (cursor.takeAny("then", "next", "after that", "afterwards", "finally")) {
      return Order.THEN;
    }
    if (cursor.takeAny("first")) {
      return Order.FIRST;
    }
    return cursor.takeAny("meanwhile", "at the same time") ? Order.MEANWHILE : Order.NONE;
  }

  /**
   * One clause. Right after a clause, without a mark or a word between, only a schedule can follow;
   * after a schedule, anything.
   */
  private Optional<Clause> clause(Link link, boolean free) {
    int start = cursor.position();
    Optional<Clause> schedule =
        schedules
            .schedule()
            .map(s -> new Clause.Scheduled(Clause.Manner.SAID, s, cursor.since(start)));
    if (schedule.isPresent() || !free) {
      return schedule.filter(_ -> link.order() == Order.NONE);
    }
    return edits.edit().or(settings::setting).or(() -> steps.steps(link));
  }
}
