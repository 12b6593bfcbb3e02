package dev.mahavishnu.prefect.mirror;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A time in which the server can't be told anything: how long to wait before the next try, and who
 * is to know. One for all runs, so that a person reads one line when it begins and one when it is
 * over. Safe for several threads.
 */
final class Outage {
  private static final Logger LOG = LoggerFactory.getLogger(Outage.class);
  private static final long FIRST_MILLIS = 500;
  private static final long LONGEST_MILLIS = 15_000;
  private static final int MOST_DOUBLINGS = 5;

  /** Least time between two notes to a person: a server may come and go. */
  private static final Duration QUIET = Duration.ofMinutes(1);

  private final String server;
  private final Consumer<String> note;
  private final RandomGenerator random;
  private int failed;
  private boolean noted;
  private long quietUntil = System.nanoTime();
  private boolean reached;

  /**
   * @param note takes a line for the person
   */
  Outage(String server, Consumer<String> note, RandomGenerator random) {
    this.server = server;
    this.note = note;
    this.random = random;
  }

  /** A try came to nothing; gives how long to wait. */
  synchronized Duration failed(String why) {
    if (failed++ == 0) {
      LOG.warn("{}; runs go on, the mirror catches up later", why);
      noted = System.nanoTime() >= quietUntil;
      if (noted) {
        quietUntil = System.nanoTime() + QUIET.toNanos();
        note.accept(why + "; runs go on, and the server is told when it is back");
      }
    }
    long most = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(failed - 1, MOST_DOUBLINGS));
    return Duration.ofMillis(most / 2 + random.nextLong(most / 2 + 1));
  }

  /** Tells the person of something that is no outage. */
  void say(String line) {
    note.accept("prefect: " + line);
  }

  /** Something was told. */
  synchronized void over() {
    reached = true;
    if (failed > 0) {
      LOG.info("the Prefect server {} is back after {} tries", server, failed);
      if (noted) {
        note.accept("prefect: " + server + " is back");
      }
      failed = 0;
    }
  }

  /** Whether it could be told anything at all since this process began. */
  synchronized boolean wasReached() {
    return reached;
  }

  synchronized boolean lasts() {
    return failed > 0;
  }
}
