package dev.mahavishnu.engine;

import dev.mahavishnu.run.Recorded;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands events to a listener on a thread of its own, so that it can't slow the run. */
final class Follower {
  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
  private final Consumer<Recorded> listener;
  private final LinkedBlockingQueue<List<Recorded>> batches = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean begun;
  private long last;

  Follower(Consumer<Recorded> listener) {
    this.listener = listener;
    this.thread = Thread.ofVirtual().name("follower").start(this::listen);
  }

  /** What was recorded before; to be called on the loop's thread, before anything is added. */
  void begin(List<Recorded> earlier) {
    begun = true;
    add(earlier);
  }

  void add(List<Recorded> recorded) {
    if (begun && !recorded.isEmpty()) {
      batches.add(recorded);
    }
  }

  /** No more will come. */
  void end() {
    batches.add(List.of()); // Never added otherwise.
  }

  /** Waits until the listener has been given everything. */
  void join() {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void listen() {
    try {
      for (var batch = batches.take(); !batch.isEmpty(); batch = batches.take()) {
        batch.forEach(this::hand);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("a listener broke", e);
    }
  }

  private void hand(Recorded recorded) {
    if (recorded.seq() > last) {
      last = recorded.seq();
      listener.accept(recorded);
    }
  }
}
