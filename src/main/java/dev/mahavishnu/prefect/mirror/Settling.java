package dev.mahavishnu.prefect.mirror;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Waits until the server keeps all that it took, and finds out what it seems to have lost. What is
 * missing is never taken for stored, however long it takes.
 */
final class Settling {
  private static final long PATIENCE = Duration.ofSeconds(30).toNanos();

  /** What a server needs for an event that stands before ours, with its default settings twice. */
  private static final long PATIENCE_AN_EVENT = Duration.ofMillis(40).toNanos();

  private static final int MOST_DOUBLINGS = 4;

  /** What the server has. */
  sealed interface Found {
    /** All of it. */
    record All() implements Found {}

    record NotYet() implements Found {}

    /** Nothing came any more for long, and these are not there as they were told. */
    record Lost(Set<UUID> taskRuns) implements Found {
      public Lost {
        taskRuns = Set.copyOf(taskRuns);
      }
    }
  }

  private final LongSupplier nanos;
  private boolean looked;
  private int missing = Integer.MAX_VALUE;
  private long since;
  private int losses;

  /**
   * @param nanos time, as {@code System.nanoTime} gives it
   * @param losses how often something seemed to be lost before
   */
  Settling(LongSupplier nanos, int losses) {
    this.nanos = nanos;
    this.losses = losses;
  }

  /** How often something seemed to be lost. */
  int losses() {
    return losses;
  }

  /**
   * What it has of that which was sent.
   *
   * @param last whether it has the last of it; to be asked first, as that is cheap
   * @param all gives the task runs of which it has not all
   * @param before number of events that it may have to store before ours
   */
  Found look(BooleanSupplier last, Supplier<Set<UUID>> all, long before) {
    long now = nanos.getAsLong();
    if (!looked) {
      looked = true;
      since = now;
    }
    long patience = patience(before);
    boolean late = now - since > patience;
    boolean first = missing == Integer.MAX_VALUE;
    // Half-way it is counted, so that what comes in the other half is noticed.
    boolean asks = last.getAsBoolean() || late || (first && now - since > patience / 2);
    if (!asks) {
      return new Found.NotYet();
    }
    Set<UUID> left = all.get();
    if (left.isEmpty()) {
      return new Found.All();
    }
    if (left.size() < missing) {
      missing = left.size();
      since = first && !late ? since : now;
      return new Found.NotYet();
    }
    if (!late) {
      return new Found.NotYet();
    }
    missing = Integer.MAX_VALUE;
    since = now;
    losses++;
    return new Found.Lost(left);
  }

  /** A server that loses because it has too much to do is not helped by more. */
  private long patience(long before) {
    return (PATIENCE << Math.min(losses, MOST_DOUBLINGS)) + before * PATIENCE_AN_EVENT;
  }
}
