package dev.mahavishnu.prefect.worker;

import dev.mahavishnu.prefect.Workers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which workers of a pool live, as far as their hearts tell. All times are the server's: what time
 * it is there is told by one's own heart, which has just beaten.
 */
final class Lives {
  /** So many intervals without a beat are death. */
  static final int BEATS = 3;

  private static final Duration USUAL = Duration.ofSeconds(30);

  private Lives() {}

  /**
   * The names of those that live, one's own among them; empty: one's own heart is unknown there, so
   * nothing can be said.
   */
  static Optional<Set<String>> of(List<Workers.Worker> workers, String me) {
    Optional<Instant> now =
        workers.stream()
            .filter(w -> w.name().equals(me))
            .flatMap(w -> w.lastHeartbeatTime().stream())
            .findFirst();
    return now.map(
        time -> {
          Set<String> alive = new HashSet<>();
          workers.stream().filter(w -> lives(w, time)).forEach(w -> alive.add(w.name()));
          return alive;
        });
  }

  private static boolean lives(Workers.Worker worker, Instant now) {
    Duration every =
        worker.heartbeatIntervalSeconds().map(s -> Duration.ofSeconds(s)).orElse(USUAL);
    Duration most = every.multipliedBy(BEATS);
    return worker.lastHeartbeatTime().filter(last -> last.plus(most).isAfter(now)).isPresent();
  }
}
