package dev.mahavishnu.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mahavishnu.spec.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TimesTest {
  private static final List<String> ZONES =
      List.of(
          "UTC",
          "Europe/Berlin",
          "America/New_York",
          "Australia/Lord_Howe",
          "Pacific/Kiritimati",
          "Pacific/Pago_Pago",
          "Pacific/Chatham",
          "Asia/Kathmandu");

  private static Times cron(String text, String zone) {
    return Times.of(new Schedule.Cron(text, zone, true));
  }

  private static Times every(Duration every, String anchor, String zone) {
    return Times.of(
        new Schedule.Interval(
            every, Optional.of(anchor).filter(a -> !a.isEmpty()).map(Instant::parse), zone));
  }

  private static Times rule(String text, String zone) {
    return Times.of(new Schedule.RRule(text, zone));
  }

  /** The times as the zone's clock shows them, with the offset. */
  private static List<String> shown(Times times, String zone, String after, int most) {
    return times.after(Instant.parse(after), most).stream()
        .map(t -> t.atZone(ZoneId.of(zone)).toOffsetDateTime().toString())
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 6 * * 1-5    | 2026-11-21T06:00:00Z | 2026-11-23T06:00:00Z
          0 6 * * *      | 2026-11-21T06:00:00Z | 2026-11-22T06:00:00Z
          0 6 * * *      | 2026-11-21T05:59:59Z | 2026-11-21T06:00:00Z
          */20 * * * *   | 2026-11-21T06:00:01Z | 2026-11-21T06:20:00Z
          5/20 * * * *   | 2026-11-21T06:46:00Z | 2026-11-21T07:05:00Z
          59 23 31 12 *  | 2026-11-21T06:00:00Z | 2026-12-31T23:59:00Z
          0 0 29 2 *     | 2026-11-21T06:00:00Z | 2028-02-29T00:00:00Z
          0 0 1 JAN-mar * | 2026-11-21T06:00:00Z | 2027-01-01T00:00:00Z
          0 0 13 * 5     | 2026-11-21T06:00:00Z | 2026-11-27T00:00:00Z
          0 0 * * 7      | 2026-11-21T06:00:00Z | 2026-11-22T00:00:00Z
          0 0 * * 5-7    | 2026-11-20T06:00:00Z | 2026-11-21T00:00:00Z
          0 0 1-31 * 1   | 2026-11-21T06:00:00Z | 2026-11-23T00:00:00Z
          """)
  void cron_has_five_fields(String text, String after, String next) {
    assertThat(cron(text, "UTC").after(Instant.parse(after))).contains(Instant.parse(next));
  }

  @Test
  void both_days_must_fit_where_the_schedule_says_so() {
    Times times = Times.of(new Schedule.Cron("0 0 13 * 5", "UTC", false));
    assertThat(times.after(Instant.parse("2026-11-21T00:00:00Z"), 2))
        .containsExactly(
            Instant.parse("2027-08-13T00:00:00Z"), Instant.parse("2028-10-13T00:00:00Z"));
    assertThat(
            Times.of(new Schedule.Cron("0 0 29 2 1", "UTC", false))
                .after(Instant.parse("2096-03-01T00:00:00Z")))
        .contains(Instant.parse("2112-02-29T00:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 0 31 2 *", "0 0 30 FEB *", "0 0 31 4,6,9,11 *"})
  void a_day_that_never_comes_gives_no_time(String text) {
    assertThat(cron(text, "UTC").after(Instant.parse("2026-11-21T00:00:00Z"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1 2 3", "60 * * * *", "* * * * x", "5-1 * * * *", "*/0 * * * *"})
  void what_is_no_cron_expression_is_refused(String text) {
    assertThatThrownBy(() -> cron(text, "UTC")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_time_that_the_clock_skips_counts_as_much_later_as_it_skips() {
    assertThat(
            shown(cron("30 2 * * *", "Europe/Berlin"), "Europe/Berlin", "2026-03-28T00:00:00Z", 3))
        .containsExactly(
            "2026-03-28T02:30+01:00", "2026-03-29T03:30+02:00", "2026-03-30T02:30+02:00");
    assertThat(
            shown(
                cron("10 2 * * *", "Australia/Lord_Howe"),
                "Australia/Lord_Howe",
                "2026-10-02T16:00:00Z",
                2))
        .containsExactly("2026-10-04T02:40+11:00", "2026-10-05T02:10+11:00");
    // Amid the gap's echo, nothing is forgotten and nothing comes twice.
    assertThat(
            shown(cron("45 2 * * *", "Europe/Berlin"), "Europe/Berlin", "2026-03-29T01:10:00Z", 1))
        .containsExactly("2026-03-29T03:45+02:00");
    assertThat(
            shown(
                cron("*/30 * * * *", "Europe/Berlin"), "Europe/Berlin", "2026-03-29T00:10:00Z", 4))
        .containsExactly(
            "2026-03-29T01:30+01:00",
            "2026-03-29T03:00+02:00",
            "2026-03-29T03:30+02:00",
            "2026-03-29T04:00+02:00");
  }

  @Test
  void a_day_that_a_place_skipped_gives_one_time() {
    // Samoa crossed the date line: the 30th of December 2011 was not.
    assertThat(shown(cron("0 12 * * *", "Pacific/Apia"), "Pacific/Apia", "2011-12-29T12:00:00Z", 3))
        .containsExactly(
            "2011-12-29T12:00-10:00", "2011-12-31T12:00+14:00", "2012-01-01T12:00+14:00");
  }

  @Test
  void a_time_that_the_clock_shows_twice_counts_the_first_time() {
    assertThat(
            shown(cron("30 2 * * *", "Europe/Berlin"), "Europe/Berlin", "2026-10-24T12:00:00Z", 2))
        .containsExactly("2026-10-25T02:30+02:00", "2026-10-26T02:30+01:00");
    assertThat(
            shown(
                cron("30 1 * * *", "America/New_York"),
                "America/New_York",
                "2026-11-01T05:31:00Z",
                1))
        .containsExactly("2026-11-02T01:30-05:00");
    assertThat(
            shown(cron("0 * * * *", "Europe/Berlin"), "Europe/Berlin", "2026-10-24T23:30:00Z", 2))
        .containsExactly("2026-10-25T02:00+02:00", "2026-10-25T03:00+01:00");
    assertThat(
            shown(
                cron("45 1 * * *", "Australia/Lord_Howe"),
                "Australia/Lord_Howe",
                "2026-04-04T00:00:00Z",
                2))
        .containsExactly("2026-04-05T01:45+11:00", "2026-04-06T01:45+10:30");
  }

  @Test
  void an_interval_of_days_keeps_the_hour_of_the_clock_and_one_of_hours_the_distance() {
    assertThat(
            shown(
                every(Duration.ofDays(1), "2026-01-10T08:00:00Z", "Europe/Berlin"),
                "Europe/Berlin",
                "2026-03-28T09:00:00Z",
                2))
        .containsExactly("2026-03-29T09:00+02:00", "2026-03-30T09:00+02:00");
    assertThat(
            shown(
                every(Duration.ofHours(12), "2026-01-10T08:00:00Z", "Europe/Berlin"),
                "Europe/Berlin",
                "2026-03-28T09:00:00Z",
                2))
        .containsExactly("2026-03-28T21:00+01:00", "2026-03-29T10:00+02:00");
  }

  @Test
  void an_interval_without_an_anchor_counts_from_a_midnight_of_its_zone() {
    assertThat(
            shown(
                every(Duration.ofMinutes(15), "", "Asia/Kathmandu"),
                "Asia/Kathmandu",
                "2026-11-24T06:01:00Z",
                1))
        .containsExactly("2026-11-24T12:00+05:45");
    assertThat(
            shown(
                every(Duration.ofDays(1), "", "America/New_York"),
                "America/New_York",
                "2026-07-01T06:00:00Z",
                1))
        .containsExactly("2026-07-02T00:00-04:00");
  }

  @Test
  void an_interval_starts_with_its_anchor() {
    Times times = every(Duration.ofHours(1), "2030-01-01T00:00:00Z", "UTC");
    assertThat(times.after(Instant.parse("2026-11-24T06:00:00Z"), 2))
        .containsExactly(
            Instant.parse("2030-01-01T00:00:00Z"), Instant.parse("2030-01-01T01:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          FREQ=WEEKLY;BYDAY=MO                   | 2026-11-22T06:00:00Z | 2026-11-23T00:00:00Z
          FREQ=DAILY;BYHOUR=9;BYMINUTE=30        | 2026-11-22T09:30:00Z | 2026-11-23T09:30:00Z
          FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=12      | 2026-11-22T06:00:00Z | 2026-11-27T12:00:00Z
          FREQ=MONTHLY;BYMONTHDAY=31             | 2026-11-22T06:00:00Z | 2026-12-31T00:00:00Z
          FREQ=WEEKLY;INTERVAL=2;BYDAY=TU        | 2026-11-22T06:00:00Z | 2026-11-24T00:00:00Z
          FREQ=SECONDLY                          | 2026-11-22T06:00:00Z | 2026-11-22T06:00:01Z
          FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29    | 2026-11-22T06:00:00Z | 2028-02-29T00:00:00Z
          freq=daily;until=20261231              | 2026-12-30T06:00:00Z | 2026-12-31T00:00:00Z
          """)
  void a_rule_counts_from_the_origin(String text, String after, String next) {
    assertThat(rule(text, "UTC").after(Instant.parse(after))).contains(Instant.parse(next));
  }

  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          FREQ=MINUTELY;BYMINUTE=0;BYHOUR=9;BYDAY=MO   | 2026-11-23T09:00:00Z | 2026-11-30T09:00:00Z
          FREQ=MINUTELY;BYDAY=SU                       | 2026-11-22T23:59:00Z | 2026-11-29T00:00:00Z
          FREQ=MINUTELY;BYMINUTE=0,30;BYMONTHDAY=1     | 2026-11-22T06:00:00Z | 2026-12-01T00:00:00Z
          FREQ=HOURLY;BYMONTH=1,2,3                    | 2026-04-01T00:00:00Z | 2027-01-01T00:00:00Z
          FREQ=HOURLY;BYMONTH=12;BYMONTHDAY=24         | 2026-12-24T23:00:00Z | 2027-12-24T00:00:00Z
          FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=29        | 2025-01-01T00:00:00Z | 2028-02-29T00:00:00Z
          FREQ=DAILY;BYHOUR=9,17;BYMINUTE=0,30;BYSETPOS=-1,2 | 2026-11-22T09:30:00Z | 2026-11-22T17:30:00Z
          FREQ=HOURLY;BYMINUTE=40,10                   | 2026-11-22T06:10:00Z | 2026-11-22T06:40:00Z
          FREQ=SECONDLY;INTERVAL=7;BYMINUTE=59;BYSECOND=58 | 2026-11-22T06:00:00Z | 2026-11-22T09:59:58Z
          FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=TU  | 2026-11-22T06:00:00Z | 2028-02-29T00:00:00Z
          FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=TU  | 2028-02-29T06:00:00Z | 2056-02-29T00:00:00Z
          FREQ=HOURLY;BYMONTH=12;BYMONTHDAY=24;COUNT=192 | 2026-12-24T23:00:00Z | 2027-12-24T00:00:00Z
          """)
  @ParameterizedTest
  void a_rule_that_fits_nothing_for_long_comes_again(String text, String after, String next) {
    assertThat(rule(text, "UTC").after(Instant.parse(after))).contains(Instant.parse(next));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FREQ=DAILY;COUNT=3",
        "FREQ=DAILY;UNTIL=20261121",
        "FREQ=DAILY;UNTIL=20261121T235959Z",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=SECONDLY;INTERVAL=60;BYSECOND=30",
        "FREQ=HOURLY;BYMONTH=12;BYMONTHDAY=24;COUNT=72"
      })
  void a_rule_that_has_ended_or_never_fits_gives_no_time(String text) {
    assertThat(rule(text, "UTC").after(Instant.parse("2026-11-22T06:00:00Z"))).isEmpty();
  }

  @Test
  void a_rule_keeps_to_the_clock_of_its_zone() {
    assertThat(
            shown(
                rule("FREQ=DAILY;BYHOUR=2;BYMINUTE=30", "Europe/Berlin"),
                "Europe/Berlin",
                "2026-03-28T00:00:00Z",
                3))
        .containsExactly(
            "2026-03-28T02:30+01:00", "2026-03-29T03:30+02:00", "2026-03-30T02:30+02:00");
    assertThat(
            rule("FREQ=HOURLY;UNTIL=20261002T000000Z", "America/New_York")
                .after(Instant.parse("2026-10-01T22:30:00Z"), 5))
        .containsExactly(
            Instant.parse("2026-10-01T23:00:00Z"), Instant.parse("2026-10-02T00:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"FREQ=OFTEN", "BYDAY=MO", "FREQ=DAILY;UNTIL=tomorrow", "FREQ=DAILY;BYHOUR=25"})
  void what_is_no_rule_is_refused(String text) {
    assertThatThrownBy(() -> rule(text, "UTC")).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void cron_agrees_with_a_look_at_every_minute_of_two_years(long seed) {
    Random random = new Random(seed);
    Instant from = Instant.parse("2025-12-30T00:00:00Z");
    Instant to = from.plus(Duration.ofDays(731));
    for (String name : ZONES) {
      ZoneId zone = ZoneId.of(name);
      String hour = random.nextBoolean() ? "*" : random.nextInt(4) + "," + (4 + random.nextInt(20));
      String minute =
          random.nextBoolean() ? "*/" + (5 + random.nextInt(40)) : "" + random.nextInt(60);
      String day = random.nextInt(3) > 0 ? "*" : 1 + random.nextInt(15) + "-31";
      String weekday = random.nextBoolean() ? "*" : "" + random.nextInt(8);
      boolean either = random.nextBoolean();
      String text = String.join(" ", minute, hour, day, "*", weekday);
      CronTimes fields = CronTimes.of(text, either);
      TreeSet<Instant> naive = new TreeSet<>();
      LocalDateTime local = from.atZone(zone).toLocalDateTime().minusDays(2);
      LocalDateTime end = to.atZone(zone).toLocalDateTime();
      for (; local.isBefore(end); local = local.plusMinutes(1)) {
        if (fits(fields, local)) {
          naive.add(ZonedDateTime.of(local, zone).toInstant());
        }
      }
      naive = new TreeSet<>(naive.subSet(from, false, to, false));
      Times times = Times.of(new Schedule.Cron(text, name, either));
      Instant at = from;
      for (Instant expected : naive) {
        at = times.after(at).orElseThrow();
        assertThat(at).as(text + " " + name).isEqualTo(expected);
      }
      // From anywhere between two times, the later one is next.
      for (int i = 0; i < 500; i++) {
        Instant anywhere =
            from.plusSeconds(random.nextLong(Duration.ofDays(720).toSeconds()))
                .plusNanos(random.nextInt(1_000_000_000));
        Instant next = naive.higher(anywhere);
        if (next != null) {
          assertThat(times.after(anywhere)).as(text + " " + name + " " + anywhere).contains(next);
        }
      }
    }
  }

  /** Written apart from the code under test: by the fields' texts, not by where the next one is. */
  private static boolean fits(CronTimes c, LocalDateTime t) {
    boolean day = c.days().get(t.getDayOfMonth());
    boolean weekday = c.weekdays().get(t.getDayOfWeek().getValue() % 7);
    boolean dayFree = c.days().cardinality() == 31;
    boolean weekdayFree = c.weekdays().cardinality() == 7;
    boolean either = c.dayOr() && !dayFree && !weekdayFree;
    boolean date = either ? (day || weekday) : (day && weekday);
    return date
        && c.months().get(t.getMonthValue())
        && c.hours().get(t.getHour())
        && c.minutes().get(t.getMinute());
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void times_only_go_forward_and_do_not_depend_on_where_one_starts(long seed) {
    Random random = new Random(seed);
    for (String zone : ZONES) {
      for (Times times :
          List.of(
              cron("*/7 * * * *", zone),
              every(Duration.ofHours(36), "2026-01-01T02:30:00Z", zone),
              every(Duration.ofSeconds(1 + random.nextInt(100_000)), "", zone),
              rule("FREQ=MINUTELY;INTERVAL=" + (1 + random.nextInt(200)), zone),
              rule("FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,SU;BYHOUR=1,2,3;BYMINUTE=0,30", zone))) {
        Instant from =
            Instant.parse("2026-03-01T00:00:00Z").plusSeconds(random.nextInt(20_000_000));
        List<Instant> some = times.after(from, 300);
        for (int i = 1; i < some.size(); i++) {
          assertThat(some.get(i)).isAfter(some.get(i - 1));
          Instant before = some.get(i).minus(1, ChronoUnit.MILLIS);
          assertThat(times.after(before)).contains(some.get(i));
        }
      }
    }
  }
}
