package dev.mahavishnu.schedule;

import dev.mahavishnu.spec.Schedule;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The times of a schedule, which is a pure function of it: the same in every process, whenever
 * asked. The rules are in {@code docs/schedules.md}.
 */
public sealed interface Times permits IntervalTimes, LocalTimes {
  /** What intervals and rules count from where nothing is said, in the schedule's zone. */
  LocalDateTime ORIGIN = LocalDate.of(2020, 1, 1).atStartOfDay();

  /**
   * The times of a schedule that {@link dev.mahavishnu.spec.FlowReader} found no fault with.
   *
   * @throws IllegalArgumentException when it can't be kept; the message is one line for people
   */
  static Times of(Schedule schedule) {
    ZoneId zone = ZoneId.of(schedule.timezone());
    return switch (schedule) {
      case Schedule.Cron cron -> new LocalTimes(CronTimes.of(cron.cron(), cron.dayOr()), zone);
      case Schedule.Interval interval -> IntervalTimes.of(interval, zone);
      case Schedule.RRule rule -> new LocalTimes(RuleTimes.of(rule.rule(), zone), zone);
    };
  }

  /** The first time that is later than an instant; empty when there is none any more. */
  Optional<Instant> after(Instant instant);

  /** The first times later than an instant, at most so many. */
  default List<Instant> after(Instant instant, int most) {
    List<Instant> times = new ArrayList<>();
    Optional<Instant> next = most > 0 ? after(instant) : Optional.empty();
    while (next.isPresent()) {
      times.add(next.get());
      next = times.size() < most ? after(next.get()) : Optional.empty();
    }
    return times;
  }
}
