package dev.mahavishnu.expr;

import static dev.mahavishnu.expr.Want.INSTANT;
import static dev.mahavishnu.expr.Want.INTEGER;
import static dev.mahavishnu.expr.Want.PATTERN;
import static dev.mahavishnu.expr.Want.SPAN;
import static dev.mahavishnu.expr.Want.WHEN;
import static dev.mahavishnu.expr.Want.ZONE;

import dev.mahavishnu.spec.ValueType.Scalar;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Functions of dates, datetimes and durations. None asks a clock: evaluation is repeatable. */
final class DateFunctions {
  private DateFunctions() {}

  static List<Function> all() {
    return List.of(
        plus("plusDays", ChronoUnit.DAYS),
        plus("plusMonths", ChronoUnit.MONTHS),
        new Function(
            "plus",
            true,
            List.of(INSTANT, SPAN),
            _ -> Scalar.DATETIME,
            (a, _) -> held(() -> text(instant(a.get(0)).plus(span(a.get(1)))))),
        new Function(
            "daysUntil",
            true,
            List.of(WHEN, WHEN),
            _ -> Scalar.INTEGER,
            (a, _) -> Values.of(ChronoUnit.DAYS.between(date(a.get(0)), date(a.get(1))))),
        new Function(
            "secondsUntil",
            true,
            List.of(INSTANT, INSTANT),
            _ -> Scalar.NUMBER,
            (a, _) -> seconds(Duration.between(instant(a.get(0)), instant(a.get(1))))),
        new Function(
            "seconds", true, List.of(SPAN), _ -> Scalar.NUMBER, (a, _) -> seconds(span(a.get(0)))),
        part("weekday", ChronoField.DAY_OF_WEEK),
        part("year", ChronoField.YEAR),
        part("month", ChronoField.MONTH_OF_YEAR),
        part("day", ChronoField.DAY_OF_MONTH),
        new Function(
            "format",
            true,
            List.of(WHEN, PATTERN),
            _ -> Scalar.STRING,
            (a, _) ->
                held(() -> Values.of(When.pattern(Values.text(a.get(1))).format(when(a.get(0)))))),
        new Function(
            "date",
            true,
            List.of(WHEN),
            _ -> Scalar.DATE,
            (a, _) -> Values.of(date(a.get(0)).toString())),
        new Function(
            "date",
            true,
            List.of(INSTANT, ZONE),
            _ -> Scalar.DATE,
            (a, _) -> text(inZone(a).toLocalDate())),
        new Function(
            "inZone",
            true,
            List.of(INSTANT, ZONE),
            _ -> Scalar.DATETIME,
            (a, _) -> text(inZone(a))));
  }

  private static Function plus(String name, ChronoUnit unit) {
    return new Function(
        name,
        true,
        List.of(WHEN, INTEGER),
        types -> types.getFirst(),
        (a, _) -> held(() -> text(when(a.get(0)).plus(Values.longOf(a.get(1)), unit))));
  }

  private static Function part(String name, ChronoField field) {
    return new Function(
        name,
        true,
        List.of(WHEN),
        _ -> Scalar.INTEGER,
        (a, _) -> Values.of(when(a.get(0)).get(field)));
  }

  private static OffsetDateTime inZone(List<JsonNode> a) {
    return instant(a.get(0)).atZoneSameInstant(When.zone(Values.text(a.get(1)))).toOffsetDateTime();
  }

  private static Temporal when(JsonNode text) {
    return When.parse(Values.text(text));
  }

  private static LocalDate date(JsonNode text) {
    return When.date(when(text));
  }

  private static OffsetDateTime instant(JsonNode text) {
    return When.instant(Values.text(text));
  }

  private static Duration span(JsonNode text) {
    return When.span(Values.text(text));
  }

  private static JsonNode text(Temporal when) {
    return Values.of(When.text(When.within(when)));
  }

  private static JsonNode seconds(Duration length) {
    return Values.of(length.toSeconds() + length.toNanosPart() / 1e9);
  }

  private static JsonNode held(Supplier<JsonNode> date) {
    try {
      return date.get();
    } catch (DateTimeException | ArithmeticException e) {
      throw Failure.of("the date has no such part or is out of range");
    }
  }
}
