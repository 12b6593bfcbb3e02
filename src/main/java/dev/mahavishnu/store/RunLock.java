package dev.mahavishnu.store;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lock of a run, ours until closed. */
final class RunLock implements Slot {
  private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);
  private static final int TRIES = 40;
  private static final long PAUSE_NANOS = 5_000_000;

  private final RunFolder run;
  private final Slot lock;
  private boolean closed;

  private RunLock(RunFolder run, Slot lock) {
    this.run = run;
    this.lock = lock;
  }

  /**
   * Takes the lock of a run. Who looks whether a lock is free holds it for that moment, so a
   * refusal counts only when its holder is known to live, or when it stays refused.
   */
  static Optional<RunLock> take(RunFolder run) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      Optional<Locks.Held> lock = Locks.ofProcess().tryTake(run.lock());
      if (lock.isPresent()) {
        return Optional.of(named(run, lock.get()));
      }
      if (Locks.ofProcess().isMine(run.lock()) || Holder.read(run.holder()).lives()) {
        return Optional.empty();
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return Optional.empty();
  }

  private static RunLock named(RunFolder run, Slot lock) throws IOException {
    boolean named = false;
    try {
      Holder.ofThisProcess(true).write(run.holder());
      named = true;
      return new RunLock(run, lock);
    } finally {
      if (!named) {
        lock.close();
      }
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      try (lock) {
        if (Files.isDirectory(run.path())) {
          Holder.ofThisProcess(false).write(run.holder());
        }
      } catch (IOException e) {
        LOG.warn("who held run {} is not known: {}", run.run(), Messages.of(e));
      }
    }
  }
}
