package dev.mahavishnu.prefect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Streams of a server that is ill, or whose clock is another. */
final class IllStreamsTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String NONE = "200 OK|{\"events\": [], \"total\": 0, \"next_page\": null}";

  private static PrefectClient client(StreamDouble server, Duration timeout, int retries) {
    PrefectSettings settings =
        new PrefectSettings(
            Optional.of(new Known<>(server.url(), "test")),
            Optional.empty(),
            timeout,
            retries,
            List.of());
    return new PrefectClient(new Api(settings, Clock.systemUTC(), new Random(7), _ -> {}));
  }

  @Test
  void a_stream_that_is_not_let_in_in_time_is_not_left_open() throws Exception {
    try (StreamDouble server = new StreamDouble(false, _ -> NONE);
        PrefectClient client = client(server, Duration.ofMillis(300), 3);
        Following events = client.events().follow(EventFilter.ALL, Instant.now(), _ -> {})) {
      assertThat(events.end().get(30, TimeUnit.SECONDS))
          .containsInstanceOf(Fault.Unreachable.class);
      assertThat(server.opened.get()).isGreaterThan(1);
      Awaitility.await().atMost(LONG).until(() -> server.ended.get() == server.opened.get());
    }
  }

  @Test
  void a_stream_whose_watcher_leaves_before_it_is_let_in_is_not_left_open() throws Exception {
    try (StreamDouble server = new StreamDouble(false, _ -> NONE);
        PrefectClient client = client(server, Duration.ofSeconds(60), 3)) {
      Following events = client.events().follow(EventFilter.ALL, Instant.now(), _ -> {});
      Awaitility.await().atMost(LONG).until(() -> !server.heard.isEmpty());
      events.close();
      Awaitility.await().atMost(LONG).until(() -> server.ended.get() == 1);
    }
  }

  @Test
  void a_server_that_is_too_busy_to_tell_what_was_missed_is_asked_again() throws Exception {
    for (String busy : List.of("503 Service Unavailable|{}", "429 Too Many Requests|{}")) {
      try (StreamDouble server = new StreamDouble(true, n -> n <= 8 ? busy : NONE);
          PrefectClient client = client(server, LONG, 5);
          Following events = client.events().follow(EventFilter.ALL, Instant.now(), _ -> {})) {
        Awaitility.await().atMost(LONG).until(() -> server.calls() > 8);
        assertThat(events.awaitReady().end().isDone()).isFalse();
      }
    }
  }

  @Test
  void what_a_stream_tells_does_not_hang_on_our_clock() throws Exception {
    Instant since = Instant.parse("2026-11-24T06:00:00Z");
    try (StreamDouble server = new StreamDouble(true, _ -> NONE);
        PrefectClient client =
            new PrefectClient(
                new Api(
                    PrefectSettings.of(server.url()),
                    Clock.fixed(since.plusSeconds(7200), ZoneOffset.UTC),
                    new Random(7),
                    Thread::sleep));
        Following events = client.events().follow(EventFilter.ALL, since, _ -> {})) {
      events.awaitReady();
      JsonNode filter = Wire.MAPPER.readTree(server.heard.getLast()).path("filter");
      assertThat(Instant.parse(filter.path("occurred").path("since").asString()))
          .isBefore(since.minusSeconds(7200));
    }
  }
}
