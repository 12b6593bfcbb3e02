package dev.mahavishnu.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The times of a recurrence rule of days, hours, minutes or seconds: of every so many of them,
 * those that fit. The library goes through them one by one, gives up after some thousands that do
 * not fit, and then withholds what it found before.
 *
 * @param count how many times there are, from the origin on
 * @param until the last time that counts
 */
record ClockRule(
    ChronoUnit unit,
    long interval,
    Parts parts,
    Optional<Integer> count,
    Optional<LocalDateTime> until)
    implements LocalTimes.Wall {
  private static final List<String> WEEKDAYS = List.of("MO", "TU", "WE", "TH", "FR", "SA", "SU");

  /** What comes later, or is rarer, is not found: a rule that fits nothing must not take long. */
  private static final int MOST_YEARS = 40;

  private static final int MOST_LOOKS = 2_000_000;

  /** What the parts of the rule allow; an empty set restricts nothing. */
  record Parts(
      Set<Integer> months,
      Set<Integer> monthDays,
      Set<Integer> yearDays,
      Set<DayOfWeek> weekdays,
      Set<Integer> hours,
      Set<Integer> minutes,
      Set<Integer> seconds,
      Set<Integer> positions) {}

  /**
   * A rule that the library found no fault with.
   *
   * @param text without UNTIL
   * @return empty where the rule is one of weeks and more, or has something that is not known here
   */
  static Optional<ClockRule> of(String text, Optional<LocalDateTime> until) {
    Map<String, String> parts = new HashMap<>();
    for (String part : text.split(";")) {
      parts.put(part.substring(0, part.indexOf('=')), part.substring(part.indexOf('=') + 1));
    }
    Optional<ChronoUnit> unit = unit(String.valueOf(parts.remove("FREQ")));
    try {
      Function<String, Set<Integer>> numbers = name -> set(parts, name, Integer::valueOf);
      Set<Integer> interval = numbers.apply("INTERVAL");
      Set<Integer> count = numbers.apply("COUNT");
      Parts known =
          new Parts(
              numbers.apply("BYMONTH"),
              numbers.apply("BYMONTHDAY"),
              numbers.apply("BYYEARDAY"),
              set(parts, "BYDAY", ClockRule::weekday),
              numbers.apply("BYHOUR"),
              numbers.apply("BYMINUTE"),
              numbers.apply("BYSECOND"),
              numbers.apply("BYSETPOS"));
      parts.remove("WKST");
      return unit.filter(_ -> parts.isEmpty())
          .map(
              u ->
                  new ClockRule(
                      u,
                      interval.stream().findFirst().orElse(1),
                      known,
                      count.stream().findFirst(),
                      until));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Optional<ChronoUnit> unit(String frequency) {
    return switch (frequency) {
      case "SECONDLY" -> Optional.of(ChronoUnit.SECONDS);
      case "MINUTELY" -> Optional.of(ChronoUnit.MINUTES);
      case "HOURLY" -> Optional.of(ChronoUnit.HOURS);
      case "DAILY" -> Optional.of(ChronoUnit.DAYS);
      default -> Optional.empty();
    };
  }

  private static <T extends Comparable<T>> Set<T> set(
      Map<String, String> parts, String name, Function<String, T> read) {
    Set<T> values = new TreeSet<>();
    Optional.ofNullable(parts.remove(name)).stream()
        .flatMap(text -> Arrays.stream(text.split(",")))
        .map(String::strip)
        .map(read)
        .forEach(values::add);
    return values;
  }

  private static DayOfWeek weekday(String text) {
    int at = WEEKDAYS.indexOf(text);
    if (at < 0) {
      throw new IllegalArgumentException(text);
    }
    return DayOfWeek.of(at + 1);
  }

  @Override
  public Optional<LocalDateTime> after(LocalDateTime time) {
    LocalDateTime late = time.isAfter(Times.ORIGIN) ? time : Times.ORIGIN;
    LocalDateTime end = late.plusYears(MOST_YEARS);
    // Where times are counted, all are looked at, from the first on.
    long n = count.isPresent() ? 0 : unit.between(Times.ORIGIN, late) / interval;
    int counted = 0;
    for (int looks = 0; looks < MOST_LOOKS; looks++) {
      LocalDateTime period = Times.ORIGIN.plus(n * interval, unit);
      LocalDateTime fitting = fitting(period, end);
      if (!fitting.isBefore(end)) {
        return Optional.empty();
      }
      if (fitting.isAfter(period)) {
        n = Math.ceilDiv(unit.between(Times.ORIGIN, fitting), interval);
        continue;
      }
      for (LocalDateTime next : times(period)) {
        if (++counted > count.orElse(Integer.MAX_VALUE)) {
          return Optional.empty();
        }
        if (next.isAfter(time)) {
          return Optional.of(next).filter(t -> until.filter(t::isAfter).isEmpty());
        }
      }
      n++;
    }
    return Optional.empty();
  }

  /** A time itself if it fits, or the begin of the first day, hour, minute that may. */
  private LocalDateTime fitting(LocalDateTime time, LocalDateTime end) {
    LocalDateTime at = time;
    while (at.isBefore(end)) {
      if (!fits(at.toLocalDate())) {
        at = at.toLocalDate().plusDays(1).atStartOfDay();
      } else if (is(ChronoUnit.HOURS) && !fits(parts.hours(), at.getHour())) {
        at = at.truncatedTo(ChronoUnit.HOURS).plusHours(1);
      } else if (is(ChronoUnit.MINUTES) && !fits(parts.minutes(), at.getMinute())) {
        at = at.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
      } else if (is(ChronoUnit.SECONDS) && !fits(parts.seconds(), at.getSecond())) {
        at = at.plusSeconds(1);
      } else {
        return at;
      }
    }
    return end;
  }

  /** Whether periods are no longer than this: then the part of its name picks some of them. */
  private boolean is(ChronoUnit longest) {
    return unit.compareTo(longest) <= 0;
  }

  private boolean fits(LocalDate day) {
    return fits(parts.months(), day.getMonthValue())
        && fits(parts.weekdays(), day.getDayOfWeek())
        && fits(parts.monthDays(), day.getDayOfMonth(), day.lengthOfMonth())
        && fits(parts.yearDays(), day.getDayOfYear(), day.lengthOfYear());
  }

  private static <T> boolean fits(Set<T> allowed, T value) {
    return allowed.isEmpty() || allowed.contains(value);
  }

  /** Days are counted from the end too: -1 is the last. */
  private static boolean fits(Set<Integer> allowed, int day, int length) {
    return allowed.isEmpty() || allowed.contains(day) || allowed.contains(day - length - 1);
  }

  /** What of a period counts, in order. */
  private List<LocalDateTime> times(LocalDateTime period) {
    List<LocalDateTime> times = new ArrayList<>();
    for (int hour : values(ChronoUnit.HOURS, parts.hours(), period.getHour())) {
      for (int minute : values(ChronoUnit.MINUTES, parts.minutes(), period.getMinute())) {
        for (int second : values(ChronoUnit.SECONDS, parts.seconds(), period.getSecond())) {
          if (second < 60) {
            times.add(period.toLocalDate().atTime(hour, minute, second));
          }
        }
      }
    }
    if (parts.positions().isEmpty()) {
      return times;
    }
    int size = times.size();
    return parts.positions().stream()
        .map(position -> position > 0 ? position - 1 : size + position)
        .filter(at -> at >= 0 && at < size)
        .distinct()
        .sorted()
        .map(times::get)
        .toList();
  }

  private Set<Integer> values(ChronoUnit of, Set<Integer> allowed, int otherwise) {
    return is(of) || allowed.isEmpty() ? Set.of(otherwise) : allowed;
  }
}
