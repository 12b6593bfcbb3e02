package dev.mahavishnu.eval;

import dev.mahavishnu.spec.Schedule;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Schedules by what they mean: equal texts for equal times, however they were written. */
final class Times {
  private static final Duration DAY = Duration.ofDays(1);
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");

  private Times() {}

  /** The times of day for each choice of days; what is no cron stands for itself. */
  static SortedMap<String, SortedSet<String>> of(List<Schedule> schedules) {
    SortedMap<String, SortedSet<String>> times = new TreeMap<>();
    for (Schedule schedule : schedules) {
      switch (schedule) {
        case Schedule.Cron cron -> add(times, cron);
        case Schedule.Interval every -> add(times, every);
        case Schedule.RRule rule ->
            times
                .computeIfAbsent(rule.rule().toUpperCase(Locale.ROOT), _ -> new TreeSet<>())
                .add(zone(rule.timezone()));
      }
    }
    return times;
  }

  private static void add(SortedMap<String, SortedSet<String>> times, Schedule.Interval every) {
    String start = every.anchor().map(a -> " from " + a).orElse("");
    times.computeIfAbsent("every " + every.every() + start, _ -> new TreeSet<>());
  }

  private static void add(SortedMap<String, SortedSet<String>> times, Schedule.Cron cron) {
    String[] fields = cron.cron().strip().toLowerCase(Locale.ROOT).split("\\s+");
    SortedSet<Integer> minutes = numbers(fields[0], 0, 59, List.of());
    SortedSet<Integer> hours = numbers(fields[1], 0, 23, List.of());
    SortedSet<Integer> days = numbers(fields[2], 1, 31, List.of());
    SortedSet<Integer> months = numbers(fields[3], 1, 12, MONTHS);
    SortedSet<Integer> weekdays = numbers(fields[4], 0, 7, DAYS);
    if (weekdays.remove(7)) {
      weekdays.add(0);
    }
    boolean everyDay = days.size() == 31 && months.size() == 12 && weekdays.size() == 7;
    SortedSet<String> clock = new TreeSet<>();
    hours.forEach(
        h -> minutes.forEach(m -> clock.add(String.format(Locale.ROOT, "%02d:%02d", h, m))));
    Duration step = DAY.dividedBy(clock.size());
    if (everyDay && clock.size() > 1 && regular(clock, step)) {
      times.computeIfAbsent("every " + step, _ -> new TreeSet<>());
      return;
    }
    boolean both = days.size() < 31 && weekdays.size() < 7;
    String key =
        (days.size() == 31 ? "" : "days " + days + " ")
            + (months.size() == 12 ? "" : "months " + months + " ")
            + (weekdays.size() == 7 ? "" : "weekdays " + weekdays + " ")
            + (both && !cron.dayOr() ? "both " : "")
            + zone(cron.timezone());
    times.computeIfAbsent(key, _ -> new TreeSet<>()).addAll(clock);
  }

  /** Whether the times of a day are midnight and then each a step later. */
  private static boolean regular(SortedSet<String> clock, Duration step) {
    long next = 0;
    for (String time : clock) {
      long minute = Long.parseLong(time.substring(0, 2)) * 60 + Long.parseLong(time.substring(3));
      if (minute * 60 != next) {
        return false;
      }
      next += step.toSeconds();
    }
    return next == DAY.toSeconds();
  }

  private static String zone(String name) {
    ZoneId zone = ZoneId.of(name);
    return zone.getRules().isFixedOffset()
        ? zone.getRules().getOffset(java.time.Instant.EPOCH).equals(ZoneOffset.UTC)
            ? "UTC"
            : zone.getRules().getOffset(java.time.Instant.EPOCH).getId()
        : name;
  }

  private static SortedSet<Integer> numbers(String field, int min, int max, List<String> names) {
    SortedSet<Integer> numbers = new TreeSet<>();
    for (String part : field.split(",")) {
      String[] step = part.split("/");
      int by = step.length > 1 ? Integer.parseInt(step[1]) : 1;
      int from = min;
      int to = max == 7 ? 6 : max;
      if (!step[0].equals("*")) {
        String[] range = step[0].split("-");
        from = number(range[0], min, names);
        int single = step.length > 1 ? to : from;
        to = range.length > 1 ? number(range[1], min, names) : single;
      }
      for (int n = from; n <= to; n += by) {
        numbers.add(n);
      }
    }
    return numbers;
  }

  private static int number(String text, int min, List<String> names) {
    int name = names.indexOf(text);
    return name < 0 ? Integer.parseInt(text) : name + min;
  }
}
