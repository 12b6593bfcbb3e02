package dev.mahavishnu.shell;

import dev.mahavishnu.run.LogFold;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.UsualTimes;
import dev.mahavishnu.view.Beside;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is known of a run beside its events while somebody watches it: no more than twice a
 * second, and earlier runs once, aside. What can't be read is not shown. For one thread at a time.
 */
public final class RunBeside implements AutoCloseable {
  private static final Duration APART = Duration.ofMillis(500);

  /** What ends sooner needs no expected times. */
  private static final Duration SHORT = Duration.ofMillis(250);

  private final RunHistory history;
  private final RunId run;
  private final LogFold log = new LogFold();
  private final long begun = System.nanoTime();
  private long looked = begun - APART.toNanos();
  private boolean asked;
  private @Nullable Thread aside;
  private volatile UsualTimes usual = UsualTimes.NONE;

  public RunBeside(RunHistory history, RunId run) {
    this.history = history;
    this.run = run;
  }

  /**
   * What is known now.
   *
   * @param flow of the run
   */
  public Beside now(String flow) {
    long now = System.nanoTime();
    if (now - looked >= APART.toNanos()) {
      looked = now;
      readLog();
    }
    if (!asked && now - begun >= SHORT.toNanos()) {
      asked = true;
      aside = Thread.ofVirtual().name("usual").start(() -> readUsual(flow));
    }
    return new Beside(log, usual);
  }

  /** The watching is over: earlier runs are read no more, and nothing reads when this returns. */
  @Override
  public void close() {
    asked = true;
    if (aside != null) {
      try {
        aside.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void readLog() {
    try {
      log.read(history, run);
    } catch (RuntimeException _) {
      // The log of a run that is just deleted, or a disk that fails: the run's own events tell.
    }
  }

  private void readUsual(String flow) {
    try {
      usual = UsualTimes.of(history, flow);
    } catch (RuntimeException _) {
      // An earlier run that can't be read is no reason to disturb this one.
    }
  }
}
