package dev.mahavishnu.shell;

import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.view.Cells;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which run words mean. */
sealed interface Meant {
  /** More than one second brings. */
  int NEWEST = 100;

  /** This one. */
  record Run(RunHistory history, RunSummary summary) implements Meant {
    RunId id() {
      return summary.run();
    }
  }

  /** None, for a reason. */
  record None(String why) implements Meant {}

  /** The run of an id, of the beginning or the end of one, or the {@code last} of the workspace. */
  static Meant named(Optional<RunHistory> history, String name) {
    return history
        .map(h -> named(h, name))
        .orElseGet(() -> new None("nothing has run in this workspace yet"));
  }

  private static Meant named(RunHistory history, String name) {
    List<RunId> found = name.equals("last") ? newest(history) : history.find(name);
    if (found.size() > 1) {
      return new None("`" + Cells.clean(name) + "` is more than one run: `run list`");
    }
    return found.stream()
        .flatMap(run -> history.summary(run).stream())
        .findFirst()
        .<Meant>map(summary -> new Run(history, summary))
        .orElseGet(() -> new None("no run `" + Cells.clean(name) + "`: `run list` names them"));
  }

  /** Of one second, which ids can't tell apart, the one that was created last. */
  private static List<RunId> newest(RunHistory history) {
    try (Stream<RunSummary> runs = history.list()) {
      List<RunSummary> some = runs.limit(NEWEST).toList();
      return some.stream()
          .filter(run -> second(run).equals(second(some.getFirst())))
          .max(Comparator.comparing(RunSummary::created))
          .map(run -> List.of(run.run()))
          .orElse(List.of());
    }
  }

  private static String second(RunSummary run) {
    return run.run().text().substring(0, run.run().text().lastIndexOf('-'));
  }
}
