package dev.mahavishnu.schedule;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;

/**
 * The times of a recurrence rule of RFC 5545 of weeks, months or years, which counts from {@link
 * Times#ORIGIN}.
 *
 * @param rule without UNTIL
 * @param until the last wall-clock time that counts
 */
record RuleTimes(String rule, Optional<LocalDateTime> until) implements LocalTimes.Wall {
  private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss");

  /** Looked at for one time: what is rarer is not found. */
  private static final int MOST = 200_000;

  /** The times of any rule. */
  static LocalTimes.Wall of(String text, ZoneId zone) {
    List<String> parts = new ArrayList<>();
    Optional<LocalDateTime> until = Optional.empty();
    for (String part : text.strip().toUpperCase(Locale.ROOT).split(";")) {
      if (part.startsWith("UNTIL=")) {
        until = Optional.of(until(part.substring("UNTIL=".length()), zone));
      } else if (!part.isEmpty()) {
        parts.add(part);
      }
    }
    RuleTimes times = new RuleTimes(String.join(";", parts), until);
    RecurrenceRule _ = times.parsed();
    return ClockRule.of(times.rule(), until).map(LocalTimes.Wall.class::cast).orElse(times);
  }

  /** A day is meant to its end; a time with Z is UTC, one without is of the zone. */
  private static LocalDateTime until(String text, ZoneId zone) {
    try {
      if (text.length() == 8) {
        return LocalDate.parse(text, DAY).atTime(LocalTime.of(23, 59, 59));
      }
      boolean utc = text.endsWith("Z");
      LocalDateTime time =
          LocalDateTime.parse(utc ? text.substring(0, text.length() - 1) : text, TIME);
      return utc ? time.atZone(ZoneOffset.UTC).withZoneSameInstant(zone).toLocalDateTime() : time;
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("UNTIL=" + text + " is no date and no time", e);
    }
  }

  private RecurrenceRule parsed() {
    try {
      return new RecurrenceRule(rule, RecurrenceRule.RfcMode.RFC5545_STRICT);
    } catch (InvalidRecurrenceRuleException e) {
      throw new IllegalArgumentException(
          "`" + rule + "` is no recurrence rule: " + e.getMessage(), e);
    }
  }

  @Override
  public Optional<LocalDateTime> after(LocalDateTime time) {
    RecurrenceRule parsed = parsed();
    try {
      RecurrenceRuleIterator times = parsed.iterator(date(start(parsed, time)));
      for (int i = 0; i < MOST && times.hasNext(); i++) {
        LocalDateTime next = local(times.nextDateTime());
        if (next.isAfter(time)) {
          return Optional.of(next).filter(n -> until.filter(n::isAfter).isEmpty());
        }
      }
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      // The library gives up where a rule seems to fit no day at all.
      return Optional.empty();
    }
  }

  /** A start that gives the same times as the origin does, from shortly before a time on. */
  private static LocalDateTime start(RecurrenceRule rule, LocalDateTime time) {
    if (rule.getCount() != null || !time.isAfter(Times.ORIGIN)) {
      return Times.ORIGIN;
    }
    ChronoUnit unit =
        switch (rule.getFreq()) {
          case SECONDLY -> ChronoUnit.SECONDS;
          case MINUTELY -> ChronoUnit.MINUTES;
          case HOURLY -> ChronoUnit.HOURS;
          case DAILY -> ChronoUnit.DAYS;
          case WEEKLY -> ChronoUnit.WEEKS;
          case MONTHLY -> ChronoUnit.MONTHS;
          case YEARLY -> ChronoUnit.YEARS;
        };
    long periods = unit.between(Times.ORIGIN, time) / rule.getInterval() - 2;
    return Times.ORIGIN.plus(Math.max(0, periods) * rule.getInterval(), unit);
  }

  private static DateTime date(LocalDateTime time) {
    return new DateTime(
        time.getYear(),
        time.getMonthValue() - 1,
        time.getDayOfMonth(),
        time.getHour(),
        time.getMinute(),
        time.getSecond());
  }

  private static LocalDateTime local(DateTime time) {
    return LocalDateTime.of(
        time.getYear(),
        time.getMonth() + 1,
        time.getDayOfMonth(),
        time.getHours(),
        time.getMinutes(),
        time.getSeconds());
  }
}
