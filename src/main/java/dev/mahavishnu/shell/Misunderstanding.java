package dev.mahavishnu.shell;

import dev.mahavishnu.plan.Proposal.Unclear;
import dev.mahavishnu.view.Cells;
import dev.mahavishnu.view.Palette;
import dev.mahavishnu.view.Tone;
import java.util.ArrayList;
import java.util.List;

/** Shows a request with the words underlined that were not understood, and what would be. */
final class Misunderstanding {
  private static final String NOTHING_MORE = "not understood";

  private final Palette palette;

  Misunderstanding(Palette palette) {
    this.palette = palette;
  }

  List<String> lines(String request, List<Unclear> parts) {
    List<String> lines = new ArrayList<>();
    List<String> words = parts.stream().map(p -> "`" + Cells.clean(p.words()) + "`").toList();
    lines.add("not understood: " + String.join(", ", words));
    int start = 0;
    for (String line : request.split("\n", -1)) {
      String marks = marks(line, start, parts);
      if (!marks.isEmpty()) {
        lines.add("  " + Cells.clean(line));
        lines.add("  " + palette.paint(Tone.BAD, marks));
      }
      start += line.length() + 1;
    }
    parts.stream().map(Misunderstanding::why).filter(why -> !why.isEmpty()).forEach(lines::add);
    parts.stream().map(this::form).filter(f -> !f.isEmpty()).distinct().forEach(lines::add);
    return lines;
  }

  /** What is wrong with the words, where that says more than the first line. */
  private static String why(Unclear part) {
    String words = Cells.clean(part.words());
    String why = Cells.clean(part.why());
    return why.equals(NOTHING_MORE) || why.isEmpty()
        ? ""
        : words.isEmpty() ? why : words + ": " + why;
  }

  private String form(Unclear part) {
    String example = part.example().isEmpty() ? "" : ", as in: " + part.example();
    return part.form().isEmpty()
        ? ""
        : "  understood is: " + palette.paint(Tone.GOOD, part.form()) + example;
  }

  /** Carets under the parts that stand in this line; empty where none does. */
  private static String marks(String line, int start, List<Unclear> parts) {
    StringBuilder marks = new StringBuilder();
    for (Unclear part : parts) {
      int from = Math.clamp(part.start() - (long) start, 0, line.length());
      int to = Math.clamp(part.end() - (long) start, 0, line.length());
      if (from < to) {
        int column = Cells.width(Cells.clean(line.substring(0, from)));
        int width = Cells.width(Cells.clean(line.substring(from, to)));
        marks.append(" ".repeat(Math.max(0, column - marks.length()))).append("^".repeat(width));
      }
    }
    return marks.toString();
  }
}
