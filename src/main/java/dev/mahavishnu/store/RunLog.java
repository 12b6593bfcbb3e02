package dev.mahavishnu.store;

import dev.mahavishnu.run.Progress;
import dev.mahavishnu.run.TaskKey;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of a run, written by a thread of its own soon after. It is for people: a crash may lose
 * the last lines, and a disk that is full or slow costs lines, never the run. Safe for several
 * threads.
 */
public final class RunLog {
  private static final Logger LOG = LoggerFactory.getLogger(RunLog.class);
  private static final long GATHER_NANOS = Duration.ofMillis(50).toNanos();
  private static final int WRITE_AT = 64 << 10;
  private static final int BUFFER_LIMIT = 2 << 20;
  private static final long LONGEST_WAIT_MILLIS = 100;
  private static final String SYSTEM = "system";

  private final Path file;
  private final Clock clock;
  private final long taskLimit;
  private final long runLimit;
  private final Map<TaskKey, Long> perTask = new HashMap<>();
  private JsonOut filling = new JsonOut(8 << 10);
  private JsonOut writing = new JsonOut(8 << 10);
  private Optional<Thread> writer = Optional.empty();
  private long runBytes;
  private long dropped;
  private boolean full;
  private boolean busy;
  private boolean closed;

  RunLog(Path file, Clock clock, long taskLimit, long runLimit) {
    this.file = file;
    this.clock = clock;
    this.taskLimit = taskLimit;
    this.runLimit = runLimit;
    try {
      runBytes = Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      LOG.warn("the size of {} is not known: {}", file, Messages.of(e));
    }
  }

  /**
   * Appends a line; it is on its way to the file within 200 ms. Past the limit of a task run or of
   * the run, one line says so and the rest is left out.
   *
   * @param attempt from 1; 0 for what belongs to none
   */
  public synchronized void append(TaskKey task, int attempt, String stream, String text) {
    if (closed || full) {
      return;
    }
    long used = perTask.getOrDefault(task, 0L);
    boolean report = stream.equals(Progress.STREAM);
    if (used > taskLimit && !report) {
      return;
    }
    if (!waitForRoom()) {
      dropped++;
      return;
    }
    if (dropped > 0) {
      line(task, attempt, SYSTEM, dropped + " lines of this run's log were lost: the disk is slow");
      dropped = 0;
    }
    if (report) {
      report(task, attempt, text);
      return;
    }
    long room = Math.min(taskLimit - used, runLimit - runBytes);
    String kept = text.length() <= room ? text : text.substring(0, (int) Math.max(0L, room));
    long bytes = line(task, attempt, stream, kept);
    long total = used + bytes;
    if (runBytes >= runLimit) {
      line(task, attempt, SYSTEM, "the log of this run is full: nothing more is kept of it");
      full = true;
    } else if (total >= taskLimit) {
      line(task, attempt, SYSTEM, "the log of this task is full: nothing more is kept of it");
      total = taskLimit + 1;
    }
    perTask.put(task, total);
    wake();
  }

  /** How far a task is, who watches it wants to know also when its own log is full. */
  private void report(TaskKey task, int attempt, String text) {
    if (runBytes < runLimit) {
      line(task, attempt, Progress.STREAM, text);
      wake();
    }
  }

  private int line(TaskKey task, int attempt, String stream, String text) {
    int before = filling.size();
    filling.reset(before);
    filling.open().field("at", Micros.of(clock.instant()));
    TaskMovedCodec.key(filling, task);
    filling.field("a", attempt).field("s", stream).field("x", text).close().ascii("\n");
    int bytes = filling.size() - before;
    runBytes += bytes;
    return bytes;
  }

  private boolean waitForRoom() {
    long deadline = System.nanoTime() + Duration.ofMillis(LONGEST_WAIT_MILLIS).toNanos();
    while (filling.size() > BUFFER_LIMIT && !closed) {
      long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
      if (left <= 0) {
        return false;
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return !closed;
  }

  private void wake() {
    if (writer.isEmpty()) {
      writer = Optional.of(Thread.ofVirtual().name("run-log").start(this::write));
    }
    notifyAll();
  }

  private void write() {
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      endTornLine(out);
      while (gather()) {
        out.write(writing.array(), 0, writing.size());
        done();
      }
    } catch (IOException e) {
      LOG.warn("the log {} can't be written: {}", file, Messages.of(e));
      stop();
    }
  }

  private static void endTornLine(RandomAccessFile out) throws IOException {
    long length = out.length();
    if (length > 0) {
      out.seek(length - 1);
      if (out.read() != '\n') {
        out.write('\n');
      }
    }
  }

  /** Waits until there is something to write; false when there will be no more. */
  private synchronized boolean gather() {
    try {
      while (filling.size() == 0 && !closed) {
        wait();
      }
      long deadline = System.nanoTime() + GATHER_NANOS;
      long left = GATHER_NANOS;
      while (filling.size() < WRITE_AT && !closed && left > 0) {
        wait(1 + left / 1_000_000);
        left = deadline - System.nanoTime();
      }
    } catch (InterruptedException e) {
      closed = true;
    }
    JsonOut full = filling;
    filling = writing;
    filling.reset(0);
    writing = full;
    busy = writing.size() > 0;
    return busy;
  }

  private synchronized void done() {
    busy = false;
    notifyAll();
  }

  private synchronized void stop() {
    closed = true;
    busy = false;
    filling.reset(0);
    notifyAll();
  }

  /** Waits, for some seconds at most, until what was appended is in the file. */
  public synchronized void flush() {
    long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (busy || filling.size() > 0) {
      long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
      if (left <= 0) {
        return;
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    flush();
  }
}
