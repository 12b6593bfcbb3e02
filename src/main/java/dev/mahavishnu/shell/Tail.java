package dev.mahavishnu.shell;

import dev.mahavishnu.view.Cells;
import java.util.ArrayList;
import java.util.List;

/** The end of a text that grows, as lines of a screen. For one thread at a time. */
final class Tail {
  private static final int MOST = 4_000;

  private final StringBuilder text = new StringBuilder();

  void add(String more) {
    text.append(more);
    if (text.length() > 2 * MOST) {
      text.delete(0, text.length() - MOST);
    }
  }

  boolean isEmpty() {
    return text.isEmpty();
  }

  void clear() {
    text.setLength(0);
  }

  /** The last lines, harmless and none wider than {@code width}; at most {@code most}. */
  List<String> lines(int width, int most) {
    List<String> lines = new ArrayList<>();
    for (String line : text.toString().split("\n", -1)) {
      String clean = Cells.clean(line).stripTrailing();
      if (!clean.isEmpty()) {
        wrap(clean, width, lines);
      }
    }
    return lines.subList(Math.max(0, lines.size() - most), lines.size());
  }

  /** Breaks at blanks; a word that is wider than a line is cut. */
  static void wrap(String text, int width, List<String> lines) {
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && Cells.width(line.toString()) + 1 + Cells.width(word) > width) {
        lines.add(Cells.fit(line.toString(), width));
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(Cells.fit(line.toString(), width));
  }
}
