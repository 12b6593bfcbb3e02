package dev.mahavishnu.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The last lines of some attempts, found in one reading of a run's log. */
final class LogTails {
  private static final int LINES = 20;

  private record Attempt(TaskKey task, int number) {}

  private static final class Tail {
    private final Deque<LogLine> last = new ArrayDeque<>();
    private long count;
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
    if (tail != null) {
      tail.count++;
      tail.last.add(line);
      if (tail.last.size() > LINES) {
        tail.last.remove();
      }
    }
  }

  /** The last lines of an attempt that was wanted, the oldest first. */
  List<Evidence.Numbered> of(TaskKey task, int attempt) {
    Tail tail = tails.get(new Attempt(task, attempt));
    if (tail == null) {
      return List.of();
    }
    long[] number = {tail.count - tail.last.size()};
    return tail.last.stream()
        .map(l -> new Evidence.Numbered(++number[0], l.stream(), text.line(l.text())))
        .toList();
  }
}
