package dev.mahavishnu.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.spec.Schedule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TimesTest {
  @ParameterizedTest
  @CsvSource({
    "0 6 * * 1-5, UTC, 00 06 * * mon-fri, Etc/UTC",
    "0 0 * * 0, UTC, 0 0 * * 7, UTC",
    "*/15 * * * *, UTC, '0,15,30,45 * * * *', Europe/Berlin",
    "0 */2 * * *, UTC, 0 0-22/2 * * *, UTC",
    "'0 8,20 * * *', UTC, '0 20,8 * * *', UTC",
  })
  void two_ways_to_write_one_time_are_equal(String a, String zoneA, String b, String zoneB) {
    assertThat(Times.of(List.of(cron(a, zoneA)))).isEqualTo(Times.of(List.of(cron(b, zoneB))));
  }

  @ParameterizedTest
  @CsvSource({
    "0 6 * * 1-5, UTC, 0 6 * * 1-5, Europe/Berlin",
    "0 6 * * 1-5, UTC, 0 6 * * *, UTC",
    "0 6 * * *, UTC, 6 0 * * *, UTC",
    "0 9 13 * 5, UTC, 0 9 13 * *, UTC",
    "5/15 * * * *, UTC, */15 * * * *, UTC",
    "*/45 * * * *, UTC, */15 * * * *, UTC",
  })
  void two_times_are_not(String a, String zoneA, String b, String zoneB) {
    assertThat(Times.of(List.of(cron(a, zoneA)))).isNotEqualTo(Times.of(List.of(cron(b, zoneB))));
  }

  @Test
  void two_schedules_may_say_what_one_does() {
    assertThat(Times.of(List.of(cron("0 8 * * *", "UTC"), cron("0 20 * * *", "UTC"))))
        .isEqualTo(Times.of(List.of(cron("0 8,20 * * *", "UTC"))));
  }

  @Test
  void an_interval_is_a_cron_of_equal_steps() {
    Schedule interval = new Schedule.Interval(Duration.ofMinutes(10), Optional.empty(), "UTC");
    assertThat(Times.of(List.of(interval)))
        .isEqualTo(Times.of(List.of(cron("*/10 * * * *", "UTC"))));
  }

  private static Schedule cron(String text, String zone) {
    return new Schedule.Cron(text, zone, true);
  }
}
