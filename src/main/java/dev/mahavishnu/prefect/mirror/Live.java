package dev.mahavishnu.prefect.mirror;

import dev.mahavishnu.prefect.PrefectException;
import dev.mahavishnu.run.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mirror of a run that this process executes, on a thread of its own: it reads what the run has
 * written, at its own pace, and the run knows nothing of it.
 */
final class Live implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Live.class);
  private static final Duration PACE = Duration.ofMillis(150);
  private static final Duration LOCK_PACE = Duration.ofMillis(500);
  private static final Duration CONFIRM_PACE = Duration.ofMillis(50);
  private static final Duration FULL_PACE = Duration.ofMillis(400);
  private static final Duration SLOWEST = Duration.ofSeconds(2);

  /** How far it is. */
  enum Stage {
    TELLING,
    /** All was sent. */
    SENT,
    /** Nothing is left to do, or nothing can be done. */
    ENDED
  }

  /** Makes the mirror, under its lock. */
  interface Making {
    RunMirror make() throws IOException;
  }

  private final RunId run;
  private final MirrorPlace place;
  private final Making making;
  private final Outage outage;
  private final Consumer<Live> atEnd;
  private final Thread thread;
  private volatile @Nullable RunMirror mirror;
  private Stage stage = Stage.TELLING;
  private boolean woken;
  private boolean again;
  private volatile boolean closed;

  /** Why it ended before it was done, where it did. */
  private volatile Optional<String> broken = Optional.empty();

  /**
   * @param atEnd told when it has ended, in whatever way
   */
  Live(RunId run, MirrorPlace place, Making making, Outage outage, Consumer<Live> atEnd) {
    this.run = run;
    this.place = place;
    this.making = making;
    this.outage = outage;
    this.atEnd = atEnd;
    this.thread = Thread.ofPlatform().daemon(true).name("mirror " + run).unstarted(this);
  }

  void start() {
    thread.start();
  }

  RunId id() {
    return run;
  }

  Optional<UUID> flowRun() {
    return Optional.ofNullable(mirror).flatMap(RunMirror::flowRun);
  }

  /** Number of the last event that was told. */
  long told() {
    return Optional.ofNullable(mirror).map(RunMirror::told).orElse(0L);
  }

  /** Why it ended before it was done, where it did: then another is to go on. */
  Optional<String> broken() {
    return broken;
  }

  @Override
  public void run() {
    try {
      Optional<MirrorPlace.Lock> lock = lock();
      if (lock.isPresent()) {
        try (MirrorPlace.Lock _ = lock.get()) {
          tell();
        }
      }
    } catch (InterruptedException _) {
      LOG.debug("run {}: the mirror ends before it is done", run);
    } catch (IOException | UncheckedIOException e) {
      broke("the mirror can't keep its position", e);
    } catch (RuntimeException e) {
      broke("the mirror broke", e);
    } finally {
      end();
      atEnd.accept(this);
    }
  }

  private void broke(String what, Exception e) {
    if (!closed) {
      LOG.error("run {}: {}", run, what, e);
      broken = Optional.of(what + ": " + e);
    }
  }

  /** The run goes on; false when it is too late to tell of that too. */
  synchronized boolean again() {
    if (stage == Stage.ENDED) {
      return false;
    }
    again = true;
    stage = Stage.TELLING;
    wake();
    return true;
  }

  /**
   * Another process may be about to finish with what an earlier one left. Who still has the lock
   * some time after the run has ended knows that it has.
   */
  private Optional<MirrorPlace.Lock> lock() throws InterruptedException {
    boolean held = true;
    while (true) {
      boolean now = place.isHeld(run);
      Optional<MirrorPlace.Lock> lock = place.lock(run);
      if (lock.isPresent() || (!held && !now)) {
        return lock;
      }
      held = now;
      pause(LOCK_PACE);
    }
  }

  private void tell() throws IOException, InterruptedException {
    Duration confirm = CONFIRM_PACE;
    while (!closed) {
      RunMirror.Step step;
      RunMirror now = mirror;
      begin();
      try {
        if (now == null) {
          now = making.make();
          mirror = now;
        }
        step = now.step();
        outage.over();
      } catch (PrefectException e) {
        if (closed) {
          // It was interrupted, which is no outage.
          return;
        }
        pause(outage.failed(String.valueOf(e.getMessage())));
        continue;
      }
      switch (step) {
        case MORE -> reach(Stage.TELLING);
        case FULL -> {
          reach(Stage.TELLING);
          pause(FULL_PACE);
        }
        case LIVE -> {
          reach(Stage.TELLING);
          confirm = CONFIRM_PACE;
          pause(PACE);
        }
        case SENT, UNCONFIRMED -> {
          reach(Stage.SENT);
          pause(confirm);
          confirm = confirm.compareTo(SLOWEST) < 0 ? confirm.multipliedBy(2) : SLOWEST;
        }
        case COMPLETE -> {
          now.refused()
              .ifPresent(why -> outage.say("run " + run + " is not shown on the server: " + why));
          if (reach(Stage.ENDED)) {
            return;
          }
        }
      }
    }
  }

  private synchronized void begin() {
    again = false;
  }

  /** False where the run has gone on meanwhile: what was found out before says nothing then. */
  private synchronized boolean reach(Stage now) {
    if (!again) {
      stage = now;
      notifyAll();
    }
    return !again;
  }

  private synchronized void end() {
    stage = Stage.ENDED;
    notifyAll();
  }

  /** Waits until it is that far, or the time has come; says whether it is. */
  synchronized boolean await(Stage least, long deadlineNanos) throws InterruptedException {
    while (stage.compareTo(least) < 0) {
      long left = Duration.ofNanos(deadlineNanos - System.nanoTime()).toMillis();
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  synchronized boolean isAt(Stage least) {
    return stage.compareTo(least) >= 0;
  }

  private synchronized void pause(Duration time) throws InterruptedException {
    long deadline = System.nanoTime() + time.toNanos();
    while (!woken && !closed) {
      long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
      if (left <= 0) {
        break;
      }
      wait(left);
    }
    woken = false;
  }

  /** Something happened to the flow run on the server. */
  void lookSoon() {
    RunMirror now = mirror;
    if (now != null) {
      now.lookSoon();
      wake();
    }
  }

  /** No reason to wait any longer. */
  synchronized void wake() {
    woken = true;
    notifyAll();
  }

  /** Ends it, wherever it is; what it has told is written down. */
  void close() {
    closed = true;
    thread.interrupt();
  }

  void join(Duration most) throws InterruptedException {
    Object _ = thread.join(most);
  }
}
