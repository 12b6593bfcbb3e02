package dev.mahavishnu.store;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/**
 * Channels close when their thread is interrupted; here the interrupt waits until they are done.
 */
final class Uninterrupted {
  /** What is done with a channel. It must be harmless to do it again. */
  interface Action<T> {
    T run() throws IOException;
  }

  private Uninterrupted() {}

  static <T> T call(Action<T> action) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return action.run();
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
