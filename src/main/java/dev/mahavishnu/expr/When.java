package dev.mahavishnu.expr;

import dev.mahavishnu.spec.Durations;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/** Dates, datetimes and durations, which are ISO 8601 strings in values. */
final class When {
  private When() {}

  /** A {@link LocalDate}, a {@link LocalDateTime} or an {@link OffsetDateTime}. */
  static Temporal parse(String text) {
    try {
      if (text.indexOf('T') < 0) {
        return within(LocalDate.parse(text));
      }
      TemporalAccessor read =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(
              text, OffsetDateTime::from, LocalDateTime::from);
      return within((Temporal) read);
    } catch (DateTimeException e) {
      throw Failure.of("not a date (2026-11-22) or datetime (2026-11-22T06:00:00Z)");
    }
  }

  /** The same. Beyond these years ISO 8601 needs an agreement that nobody has made. */
  static Temporal within(Temporal when) {
    int year = when.get(ChronoField.YEAR);
    if (year < 0 || year > 9999) {
      throw Failure.of("the date is not within the years 0 to 9999");
    }
    return when;
  }

  static OffsetDateTime instant(String text) {
    if (parse(text) instanceof OffsetDateTime moment) {
      return moment;
    }
    throw Failure.of("not a datetime with an offset (2026-11-22T06:00:00Z)");
  }

  static LocalDate date(Temporal when) {
    return LocalDate.from(when);
  }

  static String text(Temporal when) {
    return switch (when) {
      case OffsetDateTime moment -> DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(moment);
      case LocalDateTime local -> DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(local);
      default -> when.toString();
    };
  }

  static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw Failure.of("not a time zone (Europe/Berlin, UTC, +02:00)");
    }
  }

  static DateTimeFormatter pattern(String pattern) {
    if (pattern.length() > 200) {
      throw Failure.of("the date pattern is longer than 200 characters");
    }
    try {
      return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    } catch (IllegalArgumentException e) {
      throw Failure.of("not a date pattern (yyyy-MM-dd, HH:mm:ss)");
    }
  }

  /** {@code 250ms}, {@code 10s}, {@code 1h30m}. */
  static Duration span(String text) {
    if (!Durations.isDuration(text)) {
      throw Failure.of("not a duration (250ms, 10s, 1h30m, 2d)");
    }
    return Durations.parse(text);
  }
}
