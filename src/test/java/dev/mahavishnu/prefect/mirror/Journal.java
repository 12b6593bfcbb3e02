package dev.mahavishnu.prefect.mirror;

import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A journal written by hand, an event a millisecond. */
final class Journal {
  final List<Recorded> events = new ArrayList<>();
  Instant now = Instant.parse("2026-11-23T12:00:00Z");

  Journal(String spec) {
    this(spec, "test");
  }

  Journal(String spec, String requester) {
    this(spec, requester, JsonNodeFactory.instance.objectNode());
  }

  Journal(String spec, String requester, JsonNode parameters) {
    events.add(
        new Recorded(
            1,
            0,
            now,
            new RunEvent.Created(
                new RunId("261123-120000-aaaa"),
                "shop",
                spec,
                "/",
                1,
                parameters,
                Optional.empty(),
                List.of(),
                requester)));
  }

  Journal add(RunEvent event) {
    now = now.plusMillis(1);
    long seq = events.size() + 1L;
    events.add(new Recorded(seq, seq * 100, now, event));
    return this;
  }

  /** An hour passes. */
  Journal later() {
    now = now.plus(Duration.ofHours(1));
    return this;
  }
}
