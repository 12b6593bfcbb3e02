package dev.mahavishnu.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The first and the last lines that some task runs printed, in bounds for all of them together. */
final class ChronicleLogs {
  private static final int FIRST = 30;
  private static final int LAST = 70;
  private static final int MOST_CHARACTERS = 600_000;

  private static final class Lines {
    private final List<LogLine> first = new ArrayList<>();
    private final Deque<LogLine> last = new ArrayDeque<>();
    private long left;

    private void add(LogLine line) {
      if (first.size() < FIRST) {
        first.add(line);
        return;
      }
      last.add(line);
      if (last.size() > LAST) {
        last.remove();
        left++;
      }
    }
  }

  private final EvidenceText text;
  private final Map<TaskKey, Lines> lines = new LinkedHashMap<>();
  private int room = MOST_CHARACTERS;

  ChronicleLogs(EvidenceText text) {
    this.text = text;
  }

  /** Reads what these printed. */
  void read(RunHistory history, RunId run, Collection<TaskKey> tasks) {
    tasks.forEach(task -> lines.put(task, new Lines()));
    long offset = 0;
    while (true) {
      LogPage page = history.logs(run, offset);
      page.lines().forEach(this::add);
      if (page.next() == offset) {
        return;
      }
      offset = page.next();
    }
  }

  private void add(LogLine line) {
    Lines of = lines.get(line.task());
    if (of != null) {
      of.add(line);
    }
  }

  /**
   * The lines of these, as long as there is room; of the others it is said how many there are.
   *
   * @param tasks those that matter most first
   */
  Map<TaskKey, Chronicle.Log> of(List<TaskKey> tasks) {
    Map<TaskKey, Chronicle.Log> logs = new HashMap<>();
    tasks.forEach(task -> logs.put(task, log(lines.getOrDefault(task, new Lines()))));
    return logs;
  }

  private Chronicle.Log log(Lines of) {
    List<LogLine> first = shown(of.first);
    List<LogLine> last = shown(of.last);
    long all = of.first.size() + of.left + of.last.size();
    return new Chronicle.Log(first, all - first.size() - last.size(), last);
  }

  private List<LogLine> shown(Collection<LogLine> all) {
    List<LogLine> shown = new ArrayList<>();
    for (LogLine line : all) {
      String cut = text.line(line.text());
      room -= cut.length();
      if (room >= 0) {
        shown.add(new LogLine(line.at(), line.task(), line.attempt(), line.stream(), cut));
      }
    }
    return shown;
  }
}
