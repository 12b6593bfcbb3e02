package dev.mahavishnu.schedule;

import dev.mahavishnu.spec.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * Every so often from an anchor on. Whole days of the interval are days of the calendar, so that a
 * daily time keeps its hour; the rest is time that passes.
 */
record IntervalTimes(Duration every, ZonedDateTime anchor) implements Times {

  static IntervalTimes of(Schedule.Interval interval, ZoneId zone) {
    return new IntervalTimes(
        interval.every(),
        interval.anchor().map(a -> a.atZone(zone)).orElseGet(() -> ORIGIN.atZone(zone)));
  }

  @Override
  public Optional<Instant> after(Instant instant) {
    long n =
        Math.max(
            0, Duration.between(anchor, instant.atZone(anchor.getZone())).dividedBy(every) - 2);
    Instant time = time(n);
    while (!time.isAfter(instant)) {
      time = time(++n);
    }
    return Optional.of(time);
  }

  private Instant time(long n) {
    long days = every.toDays();
    return anchor.plusDays(n * days).plus(every.minusDays(days).multipliedBy(n)).toInstant();
  }
}
