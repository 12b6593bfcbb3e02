package dev.mahavishnu.task;

import dev.mahavishnu.engine.AttemptContext;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.Predicate;

/** One stream of a program's output on its way to the log, on a thread of its own. */
final class ProgramOutput {
  /** Longest line in a log, in characters. */
  static final int LOG_LINE = 64 * 1024;

  /** Longest last line that can be a task's output, in bytes. */
  static final int KEPT_LINE = 1024 * 1024;

  /** A cut goes back by at most this much, to where a word ends. */
  private static final int LONGEST_WORD = 1024;

  private final AttemptContext.Stream stream;
  private final Log log;
  private final Predicate<String> taken;
  private final Thread thread;
  private volatile boolean abandoned;
  private volatile Last last = new Last("", false);

  /** Where lines go. */
  interface Log {
    void line(AttemptContext.Stream stream, String line);
  }

  /**
   * The last line that is not blank; empty when there was none.
   *
   * @param cut whether it was longer than {@link #KEPT_LINE}
   */
  record Last(String text, boolean cut) {}

  ProgramOutput(AttemptContext.Stream stream, InputStream in, Log log) {
    this(stream, in, log, _ -> false);
  }

  /**
   * @param taken takes lines that are no output and go elsewhere
   */
  ProgramOutput(AttemptContext.Stream stream, InputStream in, Log log, Predicate<String> taken) {
    this.stream = stream;
    this.log = log;
    this.taken = taken;
    // A platform thread: a read from a pipe would hold the carrier of a virtual one.
    this.thread = Thread.ofPlatform().daemon().name("output-" + stream).unstarted(() -> pump(in));
  }

  void start() {
    thread.start();
  }

  private void pump(InputStream in) {
    // When a process exits, Java takes all that is in its pipe into memory, for as long as somebody
    // writes. It does so under the stream's lock: holding that leaves the reading to us.
    synchronized (in) {
      try {
        new LineReader(KEPT_LINE, this::line).read(in);
      } catch (IOException e) {
        // The pipe was closed under us: there is nothing more to read.
      }
    }
  }

  private void line(String line, long dropped) {
    if (abandoned || (dropped == 0 && taken.test(line))) {
      return;
    }
    if (!line.isBlank()) {
      last = new Last(line, dropped > 0);
    }
    log.line(stream, line.length() <= LOG_LINE && dropped == 0 ? line : cut(line, dropped));
  }

  /** Cut where a word ends, so that no secret is cut in two and not recognized. */
  private static String cut(String line, long dropped) {
    int end = Math.min(LOG_LINE, line.length());
    int at = end;
    while (at > 0 && end - at < LONGEST_WORD && line.charAt(at - 1) > ' ') {
      at--;
    }
    int kept = at == 0 || end - at == LONGEST_WORD ? end : at;
    long more = line.length() - kept + dropped;
    return line.substring(0, kept) + "… (" + more + " more)";
  }

  /** Waits until all is read; false when something still holds the pipe open after this time. */
  boolean await(Duration longest) throws InterruptedException {
    return thread.join(longest);
  }

  /** From now on nothing of it reaches the log. */
  void abandon() {
    abandoned = true;
  }

  Last last() {
    return last;
  }
}
