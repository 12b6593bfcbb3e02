package dev.mahavishnu.plan.offline;

import static dev.mahavishnu.plan.offline.ScheduleGrammar.on;
import static dev.mahavishnu.plan.offline.ScheduleGrammar.set;

import dev.mahavishnu.plan.offline.ScheduleText.DayPart;
import dev.mahavishnu.plan.offline.ScheduleText.Timing.Days;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which days: {@code every weekday}, {@code every monday and thursday}, {@code on the first of …}.
 */
final class DayGrammar {
  private static final List<String> DAYS =
      List.of("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday");
  private static final List<String> ORDINALS =
      List.of("first second third fourth fifth sixth seventh eighth ninth tenth".split(" "));
  private static final Pattern ORDINAL = Pattern.compile("([1-9]|[12][0-9]|3[01])(st|nd|rd|th)");
  private static final NavigableSet<Integer> WORKING = set(1, 2, 3, 4, 5);
  private static final NavigableSet<Integer> WEEKEND = set(0, 6);

  private final Cursor cursor;
  private final ValueGrammar values;

  DayGrammar(Cursor cursor, ValueGrammar values) {
    this.cursor = cursor;
    this.values = values;
  }

  Optional<Days> days() {
    int start = cursor.position();
    if (cursor.takeAny("daily")) {
      return Optional.of(on(set(), DayPart.ANY, cursor.since(start)));
    }
    if (cursor.takeAny("nightly")) {
      return Optional.of(on(set(), DayPart.NIGHT, cursor.since(start)));
    }
    if (cursor.take("weekly on")) {
      cursor.commit();
      return weekdays(start);
    }
    if (cursor.takeAny("monthly on the", "every month on the")) {
      cursor.commit();
      return monthDays(start);
    }
    if (cursor.take("every")) {
      cursor.commit();
      return part(start).or(() -> weekdays(start));
    }
    return cursor.take("on") ? onDays(start) : Optional.empty();
  }

  private Optional<Days> onDays(int start) {
    if (!cursor.take("the")) {
      return onMonday() ? Optional.empty() : weekdays(start);
    }
    cursor.enter(Form.MONTHLY);
    return monthDays(start)
        .filter(_ -> cursor.takeAny("of each month", "of every month", "of the month"))
        .map(
            days -> new Days(set(), days.monthDays(), DayPart.ANY, List.of(), cursor.since(start)));
  }

  /** "On monday" is the next one, not each: only "on mondays" is a schedule. */
  private boolean onMonday() {
    String next = cursor.peek().word();
    boolean one = number(cursor.peek()) >= 0 && !next.endsWith("days") && !next.isEmpty();
    if (one) {
      cursor.fail(cursor.position(), next + "s");
    }
    return one;
  }

  private Optional<Days> part(int start) {
    DayPart part =
        switch (cursor.peek().word()) {
          case "morning" -> DayPart.MORNING;
          case "evening" -> DayPart.EVENING;
          case "night" -> DayPart.NIGHT;
          default -> DayPart.ANY;
        };
    return cursor
        .take("a day", token -> part != DayPart.ANY || token.word().equals("day"))
        .map(_ -> on(set(), part, cursor.since(start)));
  }

  private Optional<Days> weekdays(int start) {
    return day()
        .map(first -> values.andMore(first, () -> day()))
        .map(
            all -> {
              NavigableSet<Integer> days = new TreeSet<>();
              all.forEach(days::addAll);
              return on(days, DayPart.ANY, cursor.since(start));
            });
  }

  /** {@code monday}, {@code monday to friday}, {@code weekdays}. */
  private Optional<NavigableSet<Integer>> day() {
    return cursor
        .take("a day", token -> number(token) >= 0 || !group(token).isEmpty())
        .map(
            token -> {
              int from = number(token);
              return from < 0 ? group(token) : upTo(from);
            });
  }

  private NavigableSet<Integer> upTo(int from) {
    Optional<Integer> to =
        cursor.attempt(
            () ->
                cursor.takeAny("to", "through")
                    ? cursor.take("a day", token -> number(token) >= 0).map(DayGrammar::number)
                    : Optional.empty());
    NavigableSet<Integer> days = set(from);
    int last = to.orElse(from);
    for (int day = from; day != last; day = (day + 1) % 7) {
      days.add((day + 1) % 7);
    }
    return days;
  }

  private static NavigableSet<Integer> group(Token token) {
    return switch (token.word()) {
      case "weekday", "weekdays" -> WORKING;
      case "weekend", "weekends" -> WEEKEND;
      default -> set();
    };
  }

  private static int number(Token token) {
    String word = token.word();
    for (int i = 0; i < DAYS.size(); i++) {
      String day = DAYS.get(i);
      if (word.equals(day) || word.equals(day + "s") || word.equals(day.substring(0, 3))) {
        return i;
      }
    }
    return token.is(Token.Kind.SOME_THING) ? 0 : -1;
  }

  private Optional<Days> monthDays(int start) {
    return monthDay()
        .map(first -> values.andMore(first, this::another))
        .map(
            days ->
                new Days(set(), new TreeSet<>(days), DayPart.ANY, List.of(), cursor.since(start)));
  }

  private Optional<Integer> another() {
    cursor.skip("the");
    return monthDay();
  }

  private Optional<Integer> monthDay() {
    Optional<Integer> day =
        cursor.take("a day of the month", token -> ordinal(token) > 0).map(DayGrammar::ordinal);
    day.ifPresent(_ -> cursor.skip("day"));
    return day;
  }

  private static int ordinal(Token token) {
    String word = token.word();
    int index = ORDINALS.indexOf(word);
    if (index >= 0) {
      return index + 1;
    }
    boolean digits = ORDINAL.matcher(word).matches();
    return digits
        ? Integer.parseInt(word.substring(0, word.length() - 2))
        : token.is(Token.Kind.SOME_THING) ? 1 : 0;
  }
}
