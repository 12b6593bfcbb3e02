package dev.mahavishnu.prefect.worker;

import dev.mahavishnu.run.RunId;
import java.time.Duration;

/** The mirror, as far as a worker needs to know of it: how a run ended is told by it alone. */
@FunctionalInterface
public interface Mirrored {
  /**
   * Waits until the server was told all of a run that has come to rest here.
   *
   * @return false when the time was over before
   */
  boolean awaitSent(RunId run, Duration most) throws InterruptedException;
}
