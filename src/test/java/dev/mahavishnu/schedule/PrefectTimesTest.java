package dev.mahavishnu.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.spec.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Prefect 3.8.8 makes of the same schedules; {@code prefect_times.py} beside the file wrote
 * it.
 */
final class PrefectTimesTest {
  /** What time zones will do later is not known to all time zone data alike. */
  private static final Instant FORESEEN = Instant.parse("2031-01-01T00:00:00Z");

  static Stream<JsonNode> cases() throws IOException {
    Path file = Path.of("src/test/resources/schedule/prefect-times.json");
    return JsonMapper.shared().readTree(Files.readAllBytes(file)).valueStream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void the_times_are_those_of_prefect(JsonNode known) {
    Schedule schedule = schedule(known);
    Instant start = Instant.parse(known.path("start").asString());
    List<Instant> theirs =
        known
            .path("times")
            .valueStream()
            .map(t -> Instant.parse(t.asString()))
            .filter(t -> t.isBefore(FORESEEN))
            .toList();
    List<Instant> ours = Times.of(schedule).after(start.minusSeconds(1), theirs.size());

    // A time that the clock skips is an hour earlier there and an hour later here.
    ZoneId zone = ZoneId.of(schedule.timezone());
    List<Instant> plainTheirs = theirs.stream().filter(t -> !besideGap(zone, t)).toList();
    List<Instant> plainOurs = ours.stream().filter(t -> !besideGap(zone, t)).toList();
    int both = Math.min(plainOurs.size(), plainTheirs.size());
    assertThat(both).isGreaterThanOrEqualTo(Math.min(1, plainTheirs.size()));
    assertThat(plainOurs.subList(0, both)).isEqualTo(plainTheirs.subList(0, both));
  }

  private static boolean besideGap(ZoneId zone, Instant time) {
    Optional<ZoneOffsetTransition> next =
        Optional.ofNullable(zone.getRules().nextTransition(time.minus(Duration.ofHours(1))));
    return next.filter(ZoneOffsetTransition::isGap)
        .filter(t -> Duration.between(time, t.getInstant()).abs().compareTo(t.getDuration()) <= 0)
        .isPresent();
  }

  private static Schedule schedule(JsonNode known) {
    String zone = known.path("timezone").asString();
    if (known.has("cron")) {
      return new Schedule.Cron(
          known.path("cron").asString(), zone, known.path("day_or").asBoolean());
    }
    if (known.has("rrule")) {
      return new Schedule.RRule(known.path("rrule").asString(), zone);
    }
    return new Schedule.Interval(
        Duration.ofSeconds(known.path("every").asLong()),
        Optional.of(Instant.parse(known.path("anchor").asString())),
        zone);
  }
}
