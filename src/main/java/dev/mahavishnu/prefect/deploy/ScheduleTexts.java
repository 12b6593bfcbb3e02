package dev.mahavishnu.prefect.deploy;

import dev.mahavishnu.prefect.ServerSchedule;
import dev.mahavishnu.spec.Durations;
import dev.mahavishnu.spec.Schedule;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;

/** Schedules of flows and of servers. */
public final class ScheduleTexts {
  private ScheduleTexts() {}

  /** A flow's schedule as a server has it. */
  public static ServerSchedule of(Schedule schedule) {
    Optional<String> zone = Optional.of(schedule.timezone()).filter(z -> !z.isEmpty());
    return switch (schedule) {
      case Schedule.Cron cron -> new ServerSchedule.Cron(cron.cron(), zone, cron.dayOr());
      case Schedule.Interval every ->
          new ServerSchedule.Every(
              every.every(), Optional.of(every.anchor().orElse(usual(zone))), zone);
      case Schedule.RRule rule -> new ServerSchedule.RRule(rule.rule(), zone);
    };
  }

  /** From when an interval counts that says nothing else, here and on every server. */
  private static Instant usual(Optional<String> zone) {
    return LocalDateTime.of(2020, 1, 1, 0, 0).atZone(ZoneId.of(zone(zone))).toInstant();
  }

  /** Whether the server has it as it is wanted; an anchor that is not wanted may be any. */
  public static boolean same(ServerSchedule wanted, ServerSchedule has) {
    return switch (wanted) {
      case ServerSchedule.Cron(String cron, Optional<String> zone, boolean dayOr) ->
          has instanceof ServerSchedule.Cron other
              && cron.equals(other.cron())
              && dayOr == other.dayOr()
              && zone(zone).equals(zone(other.timezone()));
      case ServerSchedule.Every(
              Duration interval,
              Optional<Instant> anchor,
              Optional<String> zone) ->
          has instanceof ServerSchedule.Every other
              && interval.equals(other.interval())
              && (anchor.isEmpty() || anchor.equals(other.anchor()))
              && zone(zone).equals(zone(other.timezone()));
      case ServerSchedule.RRule(String rule, Optional<String> zone) ->
          has instanceof ServerSchedule.RRule other
              && rule.equals(other.rrule())
              && zone(zone).equals(zone(other.timezone()));
      case ServerSchedule.Unknown _ -> wanted.equals(has);
    };
  }

  private static String zone(Optional<String> zone) {
    return zone.orElse("UTC");
  }

  /** For people, in the words of a spec. */
  public static String text(ServerSchedule schedule) {
    return switch (schedule) {
      case ServerSchedule.Cron(String cron, Optional<String> zone, boolean dayOr) ->
          "cron " + cron + in(zone) + (dayOr ? "" : ", both days");
      case ServerSchedule.Every(
              Duration interval,
              Optional<Instant> anchor,
              Optional<String> zone) ->
          "every "
              + every(interval)
              + anchor.filter(a -> !isUsual(a, zone)).map(a -> " from " + a).orElse("")
              + in(zone);
      case ServerSchedule.RRule(String rule, Optional<String> zone) ->
          "rrule " + rule.replace("\n", " ") + in(zone);
      case ServerSchedule.Unknown(var told) -> "a kind that is not known here: " + told;
    };
  }

  private static boolean isUsual(Instant anchor, Optional<String> zone) {
    try {
      return anchor.equals(usual(zone));
    } catch (DateTimeException _) {
      // A zone that only the server knows.
      return false;
    }
  }

  private static String every(Duration interval) {
    return interval.isNegative() ? interval.toString() : Durations.print(interval);
  }

  private static String in(Optional<String> zone) {
    return " (" + zone(zone) + ")";
  }
}
