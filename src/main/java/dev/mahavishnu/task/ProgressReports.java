package dev.mahavishnu.task;

import dev.mahavishnu.engine.AttemptContext;
import dev.mahavishnu.run.Progress;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a program reports of how far it is, by lines of its output or in a file, on its way to the
 * log. However fast it reports, at most one report a second gets there, the newest. Safe for
 * several threads.
 */
final class ProgressReports implements AutoCloseable {
  /** Names the file in the program's environment. */
  static final String FILE = "MAHAVISHNU_PROGRESS";

  private static final String SIGN = "::progress ";
  private static final Duration APART = Duration.ofSeconds(1);
  private static final Duration LOOK = Duration.ofMillis(250);

  /** Of the file only this much of its end is read. */
  private static final int END = 4096;

  private final Optional<Path> file;
  private final ProgramOutput.Log log;
  private final Thread looker = Thread.ofVirtual().name("progress").unstarted(this::look);
  private Optional<Progress> waiting = Optional.empty();
  private Optional<Progress> told = Optional.empty();
  private long toldAt = System.nanoTime() - APART.toNanos();
  private long size = -1;
  private FileTime changed = FileTime.fromMillis(0);

  /**
   * @param file that the program may append reports to
   */
  ProgressReports(Optional<Path> file, ProgramOutput.Log log) {
    this.file = file;
    this.log = log;
  }

  void start() {
    looker.start();
  }

  /** Takes a line that the program printed, if it is a report. */
  boolean takes(String line) {
    if (!line.startsWith(SIGN)) {
      return false;
    }
    Optional<Progress> progress = Progress.parse(line.substring(SIGN.length()));
    progress.ifPresent(this::report);
    return progress.isPresent();
  }

  private synchronized void report(Progress progress) {
    waiting = Optional.of(progress);
    if (System.nanoTime() - toldAt >= APART.toNanos()) {
      tell();
    }
  }

  private synchronized void tell() {
    waiting
        .filter(now -> !told.equals(waiting))
        .ifPresent(
            now -> {
              log.line(AttemptContext.Stream.PROGRESS, now.text());
              told = waiting;
              toldAt = System.nanoTime();
            });
    waiting = Optional.empty();
  }

  private void look() {
    try {
      while (true) {
        Thread.sleep(LOOK);
        readFile();
        waiting().ifPresent(this::report);
      }
    } catch (InterruptedException _) {
      // The program has ended.
    }
  }

  private synchronized Optional<Progress> waiting() {
    return waiting;
  }

  /** The last whole line of the file that is a report, when the file is another than before. */
  private synchronized void readFile() {
    if (file.isEmpty()) {
      return;
    }
    try {
      BasicFileAttributes now = Files.readAttributes(file.get(), BasicFileAttributes.class);
      if (!now.isRegularFile() || (now.size() == size && now.lastModifiedTime().equals(changed))) {
        return;
      }
      size = now.size();
      changed = now.lastModifiedTime();
      lastReport(end(file.get())).ifPresent(this::report);
    } catch (IOException _) {
      // The program has made none.
    }
  }

  private static String end(Path file) throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      byte[] end = new byte[(int) Math.min(END, in.length())];
      in.seek(in.length() - end.length);
      int read = Math.max(0, in.read(end));
      return new String(end, 0, read, StandardCharsets.UTF_8);
    }
  }

  private static Optional<Progress> lastReport(String text) {
    List<String> lines = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    return lines.reversed().stream().flatMap(line -> Progress.parse(line).stream()).findFirst();
  }

  /** The program has ended: what it said last is told. */
  @Override
  public void close() {
    looker.interrupt();
    readFile();
    tell();
  }
}
