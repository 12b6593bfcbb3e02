package dev.mahavishnu.prefect.mirror;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * How much the server has taken of this process and is not known to have stored: it holds 10,000
 * events of all that send to it, and drops what comes beyond. One for all runs, as they share what
 * the server can take. Safe for several threads.
 */
final class Intake {
  static final int MOST_UNSTORED = 4_000;

  /** So few, and the server will have stored them before long. */
  private static final int FEW = 20;

  private static final long LOOK_EVERY = Duration.ofMillis(500).toNanos();

  /** Longer than a server with its default settings needs for all of them. */
  private static final long PATIENCE = Duration.ofMinutes(2).toNanos();

  /**
   * The last of what was sent at a time.
   *
   * @param number of events that were sent by then
   */
  record Mark(UUID taskRun, Instant at, long number) {}

  private final LongSupplier nanos;
  private Optional<Mark> last = Optional.empty();
  private long sent;
  private long stored;
  private long connections = 1;
  private long lookDue;
  private long patientUntil;

  /**
   * @param nanos time, as {@code System.nanoTime} gives it
   */
  Intake(LongSupplier nanos) {
    this.nanos = nanos;
    this.lookDue = nanos.getAsLong();
    this.patientUntil = lookDue;
  }

  /** The server has taken so many more, of which that one was the last. */
  synchronized Mark sent(int events, UUID taskRun, Instant at) {
    if (sent == stored) {
      patientUntil = nanos.getAsLong() + PATIENCE;
    }
    sent += events;
    Mark mark = new Mark(taskRun, at, sent);
    last = Optional.of(mark);
    return mark;
  }

  /** The server was seen to have it, and so what was sent before: it stores them in order. */
  synchronized void stored(Mark mark) {
    if (mark.number() > stored) {
      stored = mark.number();
      patientUntil = nanos.getAsLong() + PATIENCE;
    }
  }

  /**
   * The websocket was opened so often. A server that died holds nothing any more, but one whose
   * connection broke still does: the next that is stored says which it was.
   */
  synchronized void connected(long times) {
    if (times > connections) {
      connections = times;
      patientUntil = nanos.getAsLong();
    }
  }

  synchronized long unstored() {
    return sent - stored;
  }

  /** Whether it is no use to wait for the server to store all. */
  synchronized boolean isMuch() {
    return sent - stored > FEW;
  }

  /**
   * Whether some more may be sent.
   *
   * @param isStored asks the server whether it keeps one; not asked too often
   */
  boolean hasRoom(Predicate<Mark> isStored) {
    Mark mark;
    synchronized (this) {
      if (sent - stored < MOST_UNSTORED || last.isEmpty()) {
        return true;
      }
      if (nanos.getAsLong() - lookDue < 0) {
        return false;
      }
      lookDue = nanos.getAsLong() + LOOK_EVERY;
      mark = last.get();
    }
    if (isStored.test(mark)) {
      stored(mark);
      return true;
    }
    return isOverdue();
  }

  /**
   * The one that is waited for may never be stored: its run may have been deleted. A few more then,
   * which can be waited for in its place, and do no harm where the server is but slow.
   */
  private synchronized boolean isOverdue() {
    boolean overdue = nanos.getAsLong() - patientUntil >= 0;
    if (overdue) {
      patientUntil = nanos.getAsLong() + PATIENCE;
    }
    return overdue;
  }
}
