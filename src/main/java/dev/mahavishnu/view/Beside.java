package dev.mahavishnu.view;

import dev.mahavishnu.run.LogFold;
import dev.mahavishnu.run.UsualTimes;

/**
 * What is known of a run beside its events.
 *
 * @param log what its tasks say
 * @param usual how long it and its tasks usually take
 */
public record Beside(LogFold log, UsualTimes usual) {
  /** Nothing. */
  public static Beside nothing() {
    return new Beside(new LogFold(), UsualTimes.NONE);
  }
}
