package dev.mahavishnu.view;

import java.time.Duration;

/**
 * How often a screen is painted: ten times a second, and less often where that would take more than
 * a small part of a processor. For one thread.
 */
public final class Pace {
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(2);

  /** A pause is at least this many times as long as the painting before it. */
  private static final int REST = 30;

  private long pause = SHORTEST.toNanos();

  /** Paints, and takes the time of it. */
  public void paint(Runnable painting) {
    long start = System.nanoTime();
    painting.run();
    pause = pause(System.nanoTime() - start);
  }

  static long pause(long took) {
    return Math.clamp(REST * took, SHORTEST.toNanos(), LONGEST.toNanos());
  }

  /** How long to wait before the next time. */
  public Duration pause() {
    return Duration.ofNanos(pause);
  }
}
