package dev.mahavishnu.spec;

import java.time.Duration;

/**
 * Retries after a failed attempt: the n-th waits {@code initial * factor^(n-1)}, at most {@code
 * max}, changed by up to {@code jitter} of itself either way.
 *
 * @param retries attempts after the first, 0 to 1000
 * @param jitter fraction, 0 to 1
 */
public record Retry(int retries, Duration initial, double factor, Duration max, double jitter) {
  public static final Retry NONE = times(0);

  /** This many retries, one second apart. */
  public static Retry times(int retries) {
    return new Retry(retries, Duration.ofSeconds(1), 1, Duration.ofHours(1), 0);
  }
}
