package dev.mahavishnu.shell;

import dev.mahavishnu.view.Cells;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What a model does, as plain lines: what it looks up, and each step once that it proposes. */
final class LiveLines implements Live {
  private final Consumer<String> lines;
  private final boolean steps;
  private final Set<String> shown = new HashSet<>();

  /**
   * @param steps whether the outline is shown too
   */
  LiveLines(Consumer<String> lines, boolean steps) {
    this.lines = lines;
    this.steps = steps;
  }

  @Override
  public void notes(String line) {
    lines.accept(Cells.clean(line));
  }

  @Override
  public synchronized void outlines(List<String> tasks) {
    if (steps) {
      tasks.stream()
          .map(Cells::clean)
          .filter(shown::add)
          .forEach(task -> lines.accept("+ " + task));
    }
  }

  @Override
  public void close() {}
}
