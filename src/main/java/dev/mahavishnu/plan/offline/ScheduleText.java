package dev.mahavishnu.plan.offline;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A schedule as the person wrote it.
 *
 * @param zone absent: the planner's own
 */
record ScheduleText(Span span, Timing timing, Optional<ZoneId> zone) {

  sealed interface Timing {
    record Every(Duration every) implements Timing {}

    record Cron(String cron) implements Timing {}

    /**
     * On some days at some times.
     *
     * @param weekdays 0 is Sunday; empty: any
     * @param monthDays 1 to 31; empty: any
     * @param part of the day that was named; the times must lie in it
     * @param times none where none was said
     * @param days the words that say which days
     */
    record Days(
        NavigableSet<Integer> weekdays,
        NavigableSet<Integer> monthDays,
        DayPart part,
        List<Clock> times,
        Span days)
        implements Timing {
      public Days {
        weekdays = new TreeSet<>(weekdays);
        monthDays = new TreeSet<>(monthDays);
        times = List.copyOf(times);
      }

      Days at(List<Clock> clocks) {
        return new Days(weekdays, monthDays, part, clocks, days);
      }
    }
  }

  /**
   * A time of day.
   *
   * @param unclear whether it could be twelve hours later as well
   */
  record Clock(int hour, int minute, boolean unclear, Span span) {
    String text() {
      return "%02d:%02d".formatted(hour, minute);
    }

    Clock later() {
      return new Clock((hour + 12) % 24, minute, false, span);
    }

    Clock clear() {
      return new Clock(hour, minute, false, span);
    }
  }

  /** {@code every morning}. */
  enum DayPart {
    ANY(0, 24),
    MORNING(3, 12),
    EVENING(16, 24),
    NIGHT(18, 30);

    private final int from;
    private final int to;

    DayPart(int from, int to) {
      this.from = from;
      this.to = to;
    }

    boolean holds(Clock clock) {
      return (clock.hour() >= from && clock.hour() < to) || clock.hour() + 24 < to;
    }
  }
}
