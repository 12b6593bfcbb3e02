package dev.mahavishnu.store;

import dev.mahavishnu.run.RunFold;
import java.io.IOException;
import java.util.NavigableMap;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When checkpoint images are written, and where: what an image is made of is copied on the
 * journal's thread, the rest is done on another. For the journal's thread.
 */
final class Imaging {
  /** A journal this much longer than its image is read again in no time. */
  private static final int SHORT = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(Imaging.class);

  private final Checkpoints checkpoints;
  private long begun;
  private int pieces;
  private volatile long written;
  private Optional<Thread> running = Optional.empty();

  /**
   * @param imageSeq last event that the newest image covers, 0 without one
   */
  Imaging(Checkpoints checkpoints, long imageSeq) {
    this.checkpoints = checkpoints;
    this.begun = imageSeq;
    this.written = imageSeq;
  }

  /** The larger the last image was, the more events it must save before the next one. */
  boolean isDue(long seq, int every) {
    return seq - begun >= Math.max(every, pieces) && running.filter(Thread::isAlive).isEmpty();
  }

  /** Starts to write an image; the journal must be on the disk. */
  void start(Mark mark, RunFold fold) {
    begun = mark.seq();
    NavigableMap<String, byte[]> snapshot = Checkpoints.snapshot(mark, fold);
    pieces = snapshot.size();
    running = Optional.of(Thread.ofVirtual().name("image").start(() -> tryWrite(mark, snapshot)));
  }

  private void tryWrite(Mark mark, NavigableMap<String, byte[]> snapshot) {
    try {
      checkpoints.publish(mark, snapshot);
      written = mark.seq();
    } catch (IOException | RuntimeException e) {
      LOG.warn("a checkpoint image of run {} was not written: {}", mark.run(), e.getMessage());
    }
  }

  /** Writes an image now. */
  void write(Mark mark, RunFold fold) {
    await();
    if (written == mark.seq()) {
      return;
    }
    try {
      checkpoints.publish(mark, Checkpoints.snapshot(mark, fold));
      begun = mark.seq();
      written = mark.seq();
    } catch (IOException e) {
      throw Messages.store("a checkpoint image of run " + mark.run() + " can't be written", e);
    }
  }

  /** Writes a last image where that saves time. */
  void finish(Mark mark, RunFold fold) {
    await();
    if (mark.seq() - written >= SHORT) {
      tryWrite(mark, Checkpoints.snapshot(mark, fold));
    }
  }

  /** Waits for what runs; an interrupt waits too, it is a matter of milliseconds. */
  void await() {
    boolean interrupted = false;
    while (running.isPresent()) {
      try {
        running.get().join();
        running = Optional.empty();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
