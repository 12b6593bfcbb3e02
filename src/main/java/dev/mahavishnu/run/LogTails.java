package dev.mahavishnu.run;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The last lines of some attempts, found in one reading of a run's log. */
final class LogTails {
  private static final int LINES = 20;

  /** What a program complained of is kept even where much of its other output came after. */
  private static final int ERROR_LINES = 10;

  private record Attempt(TaskKey task, int number) {}

  private static final class Tail {
    private final Deque<Evidence.Numbered> last = new ArrayDeque<>();
    private final Deque<Evidence.Numbered> errors = new ArrayDeque<>();
    private long count;

    private void add(LogLine line) {
      Evidence.Numbered numbered = new Evidence.Numbered(++count, line.stream(), line.text());
      keep(last, numbered, LINES);
      if (line.stream().equals("stderr")) {
        keep(errors, numbered, ERROR_LINES);
      }
    }

    private static void keep(Deque<Evidence.Numbered> lines, Evidence.Numbered line, int most) {
      lines.add(line);
      if (lines.size() > most) {
        lines.remove();
      }
    }
  }

  private final EvidenceText text;
  private final Map<Attempt, Tail> tails = new HashMap<>();

  LogTails(EvidenceText text) {
    this.text = text;
  }

  void want(TaskKey task, int attempt) {
    tails.put(new Attempt(task, attempt), new Tail());
  }

  boolean isWanted() {
    return !tails.isEmpty();
  }

  void read(RunHistory history, RunId run) {
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
    Tail tail = tails.get(new Attempt(line.task(), line.attempt()));
    if (tail != null && !line.stream().equals(Progress.STREAM)) {
      tail.add(line);
    }
  }

  /** The last lines of an attempt that was wanted, and of its errors, the oldest first. */
  List<Evidence.Numbered> of(TaskKey task, int attempt) {
    Tail tail = tails.get(new Attempt(task, attempt));
    if (tail == null) {
      return List.of();
    }
    return Stream.concat(tail.errors.stream(), tail.last.stream())
        .distinct()
        .sorted(Comparator.comparingLong(Evidence.Numbered::line))
        .map(l -> new Evidence.Numbered(l.line(), l.stream(), text.line(l.text())))
        .toList();
  }
}
