package dev.mahavishnu.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waiting for another process, until somebody presses Ctrl-C. */
final class Patience implements AutoCloseable {
  private static final long PAUSE_MILLIS = 150;

  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final Interrupts.Registration registration;

  Patience(Interrupts interrupts) {
    registration = interrupts.onInterrupt(interrupted::countDown);
  }

  /** Waits a moment; false when it was interrupted. */
  boolean pause() {
    try {
      return !interrupted.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    registration.close();
  }
}
