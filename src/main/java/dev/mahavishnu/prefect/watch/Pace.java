package dev.mahavishnu.prefect.watch;

import java.time.Duration;

/** How long to wait before a server is asked again, where it tells nothing by itself. */
final class Pace {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private Duration wait = SHORTEST;

  /**
   * After an answer.
   *
   * @param news whether it told something new
   * @param live whether streams tell everything, so that asking only makes sure
   */
  Duration next(boolean news, boolean live) {
    if (live) {
      wait = SHORTEST;
      return LONGEST;
    }
    Duration now = news ? SHORTEST : wait;
    Duration longer = now.multipliedBy(3).dividedBy(2);
    wait = longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
    return now;
  }
}
