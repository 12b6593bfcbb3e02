package dev.mahavishnu.spec;

import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/** Whether a schedule can be kept. */
record ScheduleCheck(Report report) {
  private static final Set<String> PARTS =
      Set.of(
          "FREQ",
          "INTERVAL",
          "COUNT",
          "UNTIL",
          "BYSECOND",
          "BYMINUTE",
          "BYHOUR",
          "BYDAY",
          "BYMONTHDAY",
          "BYYEARDAY",
          "BYWEEKNO",
          "BYMONTH",
          "BYSETPOS",
          "WKST");

  private static final List<String> FREQUENCIES =
      List.of("SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY");

  void check(Schedule schedule, String pointer) {
    switch (schedule) {
      case Schedule.Cron cron -> cron(cron.cron(), pointer + "/cron");
      case Schedule.Interval interval -> {
        if (interval.every().isZero()) {
          report.at(pointer + "/every", "`every` must be longer than 0s", "");
        }
      }
      case Schedule.RRule rule -> rule(rule.rule(), pointer + "/rrule");
    }
    Set<String> zones = ZoneId.getAvailableZoneIds();
    if (!zones.contains(schedule.timezone()) && !schedule.timezone().isEmpty()) {
      report.at(
          pointer + "/timezone",
          "unknown time zone `" + schedule.timezone() + "`",
          Nearest.to(schedule.timezone(), zones)
              .map(zone -> "did you mean `" + zone + "`?")
              .orElse("write it as Europe/Berlin"));
    }
  }

  private void cron(String text, String pointer) {
    if (!text.isBlank() && !text.contains(TemplateScanner.OPEN)) {
      CronText.faults(text).forEach(f -> report.within(pointer, f.offset(), f.message(), f.hint()));
    }
  }

  private void rule(String text, String pointer) {
    boolean frequency = false;
    for (String part : text.split(";")) {
      String name = part.split("=", 2)[0];
      if (!PARTS.contains(name) || !part.contains("=")) {
        report.at(
            pointer,
            "`" + part + "` is no part of a recurrence rule",
            "write it as FREQ=WEEKLY;BYDAY=MO");
        return;
      }
      frequency |= name.equals("FREQ") && FREQUENCIES.contains(part.substring(5));
    }
    if (!frequency) {
      report.at(
          pointer, "a recurrence rule needs FREQ", "one of " + String.join(", ", FREQUENCIES));
    }
  }
}
