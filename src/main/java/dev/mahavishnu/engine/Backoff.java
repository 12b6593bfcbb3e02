package dev.mahavishnu.engine;

import dev.mahavishnu.spec.Retry;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before an attempt. */
final class Backoff {
  private Backoff() {}

  /**
   * @param failed number of the attempt that failed, from 1
   */
  static Duration after(int failed, Retry retry, RandomGenerator random) {
    double exact = (double) retry.initial().toMillis() * Math.pow(retry.factor(), failed - 1.0);
    double capped = Math.min(exact, (double) retry.max().toMillis());
    double jittered = capped * (1 + retry.jitter() * (2 * random.nextDouble() - 1));
    return Duration.ofMillis(Math.max(0, Math.round(jittered)));
  }
}
