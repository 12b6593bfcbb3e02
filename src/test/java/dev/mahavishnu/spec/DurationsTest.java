package dev.mahavishnu.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "250ms, PT0.25S",
    "10s, PT10S",
    "5m, PT5M",
    "2h, PT2H",
    "1d, PT24H",
    "1h30m, PT1H30M",
    "1d2h3m4s5ms, PT26H3M4.005S",
    "0s, PT0S"
  })
  void a_duration_reads_and_prints(String text, Duration duration) {
    assertThat(Durations.parse(text)).isEqualTo(duration);
    assertThat(Durations.print(duration)).isEqualTo(text);
  }

  @Test
  void printing_carries_into_larger_units() {
    assertThat(Durations.print(Duration.ofMinutes(90))).isEqualTo("1h30m");
    assertThat(Durations.print(Durations.parse("90m"))).isEqualTo("1h30m");
  }

  @Test
  void the_longest_duration_reads_as_it_was_written() {
    String longest = "999999d999999h999999m9999999s999999999ms";
    assertThat(Durations.print(Durations.parse(longest))).isEqualTo(longest);
    String most = "999999d999999h";
    assertThat(Durations.parse(Durations.print(Durations.parse(most))))
        .isEqualTo(Durations.parse(most));
    assertThatThrownBy(() -> Durations.print(Durations.parse(longest).plusMillis(1)))
        .hasMessageStartingWith("too long");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "s", "5 m", "1.5h", "30m1h", "5mins", "-1s", "1h1h", "PT5M"})
  void what_is_no_duration_is_refused_with_the_forms_that_are(String text) {
    assertThat(Durations.isDuration(text)).isFalse();
    assertThatThrownBy(() -> Durations.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "`" + text + "` is not a duration; write it as 250ms, 10s, 5m, 2h, 1d or 1h30m");
  }
}
