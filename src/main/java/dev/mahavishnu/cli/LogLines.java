package dev.mahavishnu.cli;

import dev.mahavishnu.run.LogLine;
import dev.mahavishnu.run.LogPage;
import dev.mahavishnu.run.Progress;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.view.Cells;
import dev.mahavishnu.view.Palette;
import dev.mahavishnu.view.Tone;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the tasks of a run printed, on standard output. */
final class LogLines {
  /** The end of a log in which the last lines mostly are. */
  private static final int END = 1 << 20;

  private final Workbench bench;
  private final OutputFormat format;
  private final Optional<String> task;
  private final Optional<Integer> attempt;
  private final JsonMapper mapper = new JsonMapper();

  /**
   * @param task only this one, with its items and the tasks of its subflow
   * @param attempt only this one
   */
  LogLines(Workbench bench, OutputFormat format, Optional<String> task, Optional<Integer> attempt) {
    this.bench = bench;
    this.format = format;
    this.task = task;
    this.attempt = attempt;
  }

  /**
   * Prints the log.
   *
   * @param follow goes on while a process executes the run
   */
  int print(RunId run, boolean follow) {
    return print(run, 0, follow);
  }

  /** The same, beginning with the last lines. */
  int printLast(RunId run, int lines, boolean follow) {
    RunHistory history = bench.store().history();
    Deque<LogLine> last = new ArrayDeque<>();
    long offset = last(history, run, history.recentLogs(run, 0, END), lines, last);
    if (last.size() < lines) {
      last.clear();
      offset = last(history, run, history.logs(run, 0), lines, last);
    }
    last.forEach(this::print);
    bench.out().flush();
    return follow ? print(run, offset, true) : ExitCode.COMPLETED;
  }

  private long last(RunHistory history, RunId run, LogPage first, int lines, Deque<LogLine> last) {
    LogPage page = first;
    while (true) {
      page.lines().stream()
          .filter(this::chosen)
          .forEach(
              line -> {
                last.add(line);
                if (last.size() > lines) {
                  last.remove();
                }
              });
      LogPage next = history.logs(run, page.next());
      if (next.next() == page.next()) {
        return page.next();
      }
      page = next;
    }
  }

  private int print(RunId run, long from, boolean follow) {
    RunHistory history = bench.store().history();
    try (Patience patience = new Patience(bench.env().interrupts())) {
      long offset = from;
      while (true) {
        boolean held = bench.store().isHeld(run);
        offset = print(history, run, offset);
        if (!follow || !held) {
          return ExitCode.COMPLETED;
        }
        if (!patience.pause()) {
          return ExitCode.INTERRUPTED;
        }
      }
    }
  }

  private long print(RunHistory history, RunId run, long from) {
    long offset = from;
    while (true) {
      LogPage page = history.logs(run, offset);
      page.lines().stream().filter(this::chosen).forEach(this::print);
      if (page.next() == offset) {
        bench.out().flush();
        return offset;
      }
      offset = page.next();
    }
  }

  /** How far tasks are, people see in the tree; programs get each report. */
  private boolean chosen(LogLine line) {
    if (format == OutputFormat.TEXT && line.stream().equals(Progress.STREAM)) {
      return false;
    }
    return task.filter(t -> !isOf(line, t)).isEmpty()
        && attempt.filter(n -> n != line.attempt()).isEmpty();
  }

  /** Whether a line is of the task, of an item of it, or of a task of its subflow. */
  static boolean isOf(LogLine line, String task) {
    String text = line.task().text();
    return text.equals(task) || text.startsWith(task + "[") || text.startsWith(task + "/");
  }

  private void print(LogLine line) {
    bench.out().println(format == OutputFormat.JSON ? json(line) : text(line));
  }

  private String json(LogLine line) {
    return mapper.writeValueAsString(node(line));
  }

  /** A line for programs. */
  static ObjectNode node(LogLine line) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("at", line.at().toString())
        .put("task", line.task().text())
        .put("attempt", line.attempt())
        .put("stream", line.stream())
        .put("text", line.text());
  }

  /** On a terminal without what could move its cursor; elsewhere as the task wrote it. */
  private String text(LogLine line) {
    Palette palette = bench.palette();
    String text = bench.env().screen().stdout() ? Cells.clean(line.text()) : line.text();
    Tone tone =
        switch (line.stream()) {
          case "stderr" -> Tone.WARN;
          case "system" -> Tone.QUIET;
          default -> Tone.PLAIN;
        };
    String painted = palette.paint(tone, text);
    boolean whole = task.filter(line.task().text()::equals).isPresent();
    return whole ? painted : palette.paint(Tone.QUIET, line.task().text() + " | ") + painted;
  }
}
