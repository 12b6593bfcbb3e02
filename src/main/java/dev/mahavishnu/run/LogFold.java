package dev.mahavishnu.run;

import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * What the log of a run says of the tasks that run: the last line of each, and how far it says it
 * is. Knows of the tasks that spoke last, however many a run has. For one thread.
 */
public final class LogFold {
  private static final int MOST_TASKS = 1_000;
  private static final int MOST_TEXT = 500;

  /** Most bytes of a log that are read at once: of more than that only the end. */
  private static final int PORTION = 512 << 10;

  /** Of the log of a run that was not read before; a report may have come long before the end. */
  private static final int FIRST_PORTION = 4 << 20;

  private final LinkedHashMap<TaskKey, Said> tasks = new LinkedHashMap<>(64, 0.75f, true);
  private long offset;

  private static final class Said {
    private int attempt;
    private Optional<String> line = Optional.empty();
    private Optional<Progress> progress = Optional.empty();
  }

  /**
   * Reads what was written since the last time, or the end of it where that is much.
   *
   * @return whether there was anything
   */
  public boolean read(RunHistory history, RunId run) {
    long before = offset;
    while (true) {
      LogPage page = history.recentLogs(run, offset, offset == 0 ? FIRST_PORTION : PORTION);
      page.lines().forEach(this::apply);
      if (page.next() == offset) {
        return offset != before;
      }
      offset = page.next();
    }
  }

  /** Takes the next line of the log. */
  public void apply(LogLine line) {
    Said said = tasks.computeIfAbsent(line.task(), _ -> new Said());
    if (line.attempt() > said.attempt) {
      said.attempt = line.attempt();
      said.line = Optional.empty();
      said.progress = Optional.empty();
    }
    if (line.attempt() < said.attempt) {
      return;
    }
    if (line.stream().equals(Progress.STREAM)) {
      said.progress = Progress.parse(line.text());
    } else if (!line.text().isBlank()) {
      said.line = Optional.of(lastPart(line.text()));
    }
    if (tasks.size() > MOST_TASKS) {
      tasks.remove(tasks.firstEntry().getKey());
    }
  }

  /** What a terminal would show of a line that goes back to its beginning: its end. */
  private static String lastPart(String line) {
    String text = line.substring(line.stripTrailing().lastIndexOf('\r') + 1);
    return text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT);
  }

  /** The last line that an attempt of a task printed. */
  public Optional<String> line(TaskKey task, int attempt) {
    return said(task, attempt).flatMap(s -> s.line);
  }

  /** How far an attempt of a task says it is. */
  public Optional<Progress> progress(TaskKey task, int attempt) {
    return said(task, attempt).flatMap(s -> s.progress);
  }

  private Optional<Said> said(TaskKey task, int attempt) {
    return Optional.ofNullable(tasks.get(task)).filter(s -> s.attempt == attempt);
  }
}
