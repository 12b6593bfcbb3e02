package dev.mahavishnu.prefect;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When to try again.
 *
 * @param most how often; 0: never
 * @param first wait before the first retry; it doubles each time
 * @param longest wait; a server that asks for a longer one is given up
 */
record Retries(int most, Duration first, Duration longest) {
  private static final double JITTER = 0.5;

  static Retries upTo(int most) {
    return new Retries(most, Duration.ofMillis(200), Duration.ofSeconds(20));
  }

  /**
   * How long to wait; empty: don't try again.
   *
   * @param failed attempts so far, from 1
   * @param asked what the server said in {@code Retry-After}; less is never waited
   */
  Optional<Duration> wait(int failed, Optional<Duration> asked, RandomGenerator random) {
    if (failed > most) {
      return Optional.empty();
    }
    if (asked.isPresent()) {
      // Those who were told the same second must not all come back in it.
      double extra = random.nextDouble() * JITTER * (double) Math.min(asked.get().toMillis(), 2000);
      return asked.get().compareTo(longest) > 0
          ? Optional.empty()
          : Optional.of(asked.get().plusMillis((long) extra));
    }
    double exact = (double) first.toMillis() * Math.pow(2, failed - 1.0);
    double capped = Math.min(exact, (double) longest.toMillis());
    double jittered = capped * (1 + JITTER * (2 * random.nextDouble() - 1));
    return Optional.of(Duration.ofMillis(Math.round(jittered)));
  }
}
