package dev.mahavishnu.prefect;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.UUID;

/**
 * What of a stream was given already: its last few thousand items, by id, and from which time on
 * something may be missing.
 */
final class Given {
  private static final int MOST = 20_000;

  private final LinkedHashSet<UUID> ids = new LinkedHashSet<>();
  private final Duration overlap;
  private volatile Instant from;

  /**
   * @param overlap by how much items may come late, or clocks differ
   */
  Given(Instant from, Duration overlap) {
    this.from = from;
    this.overlap = overlap;
  }

  Instant from() {
    return from;
  }

  /** Gives it unless it was given; one at a time. */
  synchronized void once(UUID id, Instant time, Runnable give) {
    if (!ids.add(id)) {
      return;
    }
    if (ids.size() > MOST) {
      ids.removeFirst();
    }
    Instant next = time.minus(overlap);
    from = next.isAfter(from) ? next : from;
    give.run();
  }
}
