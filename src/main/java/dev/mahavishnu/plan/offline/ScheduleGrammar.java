package dev.mahavishnu.plan.offline;

import dev.mahavishnu.plan.offline.ScheduleText.Clock;
import dev.mahavishnu.plan.offline.ScheduleText.DayPart;
import dev.mahavishnu.plan.offline.ScheduleText.Timing;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** {@code every weekday at 06:00 in Europe/Berlin}, {@code every 15 minutes}. */
final class ScheduleGrammar {
  private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();
  private static final Duration LONGEST_UNIT = Duration.ofHours(1);

  private final Cursor cursor;
  private final ValueGrammar values;
  private final Amounts amounts;
  private final ClockGrammar clocks;
  private final DayGrammar days;

  ScheduleGrammar(Cursor cursor, ValueGrammar values) {
    this.cursor = cursor;
    this.values = values;
    this.amounts = new Amounts(cursor);
    this.clocks = new ClockGrammar(cursor);
    this.days = new DayGrammar(cursor, values);
  }

  Optional<ScheduleText> schedule() {
    return cursor.attempt(
        () -> {
          cursor.enter(Form.SCHEDULE);
          int start = cursor.position();
          return timesFirst()
              .or(() -> cursor.attempt(this::cron))
              .or(() -> cursor.attempt(this::interval))
              .or(this::dayTimes)
              .map(timing -> zoned(timing, start));
        });
  }

  /** For where nothing but a schedule can stand. */
  Optional<ScheduleText> expected() {
    Timing any = new Timing.Every(LONGEST_UNIT);
    ScheduleText unknown = new ScheduleText(cursor.peek().span(), any, Optional.empty());
    return cursor.peek().is(Token.Kind.SOME_THING)
        ? cursor.one("a schedule", unknown, Optional::empty)
        : schedule();
  }

  private ScheduleText zoned(Timing timing, int start) {
    Optional<ZoneId> zone = zone();
    Timing timed = timing;
    if (timing instanceof Timing.Days d && d.times().isEmpty()) {
      timed = d.at(times(true).orElse(List.of()));
      zone = zone.or(this::zone);
    }
    cursor.complete();
    return new ScheduleText(cursor.since(start), timed, zone);
  }

  private Optional<Timing> cron() {
    return cursor.takeAny("on the schedule", "on schedule", "on cron")
            && cursor.commit()
            && entered(Form.CRON)
        ? cursor
            .take("a cron expression in quotes", token -> token.is(Token.Kind.QUOTED))
            .map(token -> new Timing.Cron(token.text()))
        : Optional.empty();
  }

  private boolean entered(Form form) {
    cursor.enter(form);
    return true;
  }

  private Optional<Timing> interval() {
    if (cursor.takeAny("hourly")) {
      return Optional.of(new Timing.Every(Duration.ofHours(1)));
    }
    boolean unknownDay =
        cursor.peek(1).is(Token.Kind.SOME_THING) && cursor.peek(2).word().equals("at");
    if (unknownDay || !cursor.take("every")) {
      return Optional.empty();
    }
    cursor.commit();
    return cursor
        .attempt(() -> amounts.number().flatMap(n -> unit().map(unit -> unit.multipliedBy(n))))
        .or(() -> cursor.attempt(this::unit))
        .map(Timing.Every::new);
  }

  private Optional<Duration> unit() {
    cursor.enter(Form.INTERVAL);
    return amounts.unit().filter(unit -> unit.compareTo(LONGEST_UNIT) <= 0);
  }

  /** {@code at 6am every weekday}. */
  private Optional<Timing> timesFirst() {
    return cursor.attempt(
        () -> times(false).flatMap(times -> days.days().map(found -> (Timing) found.at(times))));
  }

  private Optional<Timing> dayTimes() {
    return cursor
        .attempt(days::days)
        .map(found -> (Timing) found.at(times(true).orElse(List.of())));
  }

  /** {@code at 06:00 and 18:00}. */
  private Optional<List<Clock>> times(boolean committed) {
    return cursor.attempt(
        () ->
            cursor.take("at") && (!committed || cursor.commit())
                ? clocks.clock().map(first -> values.andMore(first, this::anotherTime))
                : Optional.empty());
  }

  /** A bare number is too little to be a time after a mere comma. */
  private Optional<Clock> anotherTime() {
    boolean and = cursor.tokens().get(cursor.position() - 1).word().equals("and");
    boolean at = cursor.skip("at");
    boolean bare =
        cursor.peek().text().matches("[0-9]+") && !cursor.peek(1).word().matches("[ap]m");
    return bare && !and && !at ? Optional.empty() : clocks.clock();
  }

  private Optional<ZoneId> zone() {
    return cursor.attempt(
        () -> {
          if (!cursor.take("in")) {
            return cursor.peek().word().equals("utc")
                ? cursor.take("a time zone", _ -> true).map(_ -> ZoneId.of("UTC"))
                : Optional.empty();
          }
          if (cursor.peek().text().matches("[A-Za-z_]+/[A-Za-z_/-]+")) {
            cursor.commit();
          }
          return cursor
              .take("a time zone such as Europe/Berlin", token -> zone(token).isPresent())
              .flatMap(ScheduleGrammar::zone);
        });
  }

  /** A region's name, or UTC: three letters like CST mean several zones. */
  private static Optional<ZoneId> zone(Token token) {
    if (token.is(Token.Kind.SOME_THING) || token.word().equals("utc")) {
      return Optional.of(ZoneId.of("UTC"));
    }
    return token.word().contains("/")
        ? ZONES.stream().filter(id -> id.equalsIgnoreCase(token.text())).findFirst().map(ZoneId::of)
        : Optional.empty();
  }

  static Set<String> zones() {
    return ZONES;
  }

  /** Sunday to Saturday as 0 to 6, in order. */
  static NavigableSet<Integer> set(Integer... numbers) {
    return new TreeSet<>(List.of(numbers));
  }

  static Timing.Days on(NavigableSet<Integer> weekdays, DayPart part, Span span) {
    return new Timing.Days(weekdays, set(), part, List.of(), span);
  }
}
