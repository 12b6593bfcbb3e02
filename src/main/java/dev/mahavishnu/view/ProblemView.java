package dev.mahavishnu.view;

import dev.mahavishnu.spec.Problem;
import java.util.ArrayList;
import java.util.List;

/** Problems of a spec, each with the line it is in and a caret under the place. */
public final class ProblemView {
  private static final int SHOWN = 20;

  private final Palette palette;

  public ProblemView(Palette palette) {
    this.palette = palette;
  }

  /**
   * @param text the spec as read
   * @param width cells of a line of the excerpt
   */
  public List<String> lines(List<Problem> problems, String text, int width) {
    String[] source = text.split("\\R", -1);
    List<String> lines = new ArrayList<>();
    problems.stream().limit(SHOWN).forEach(problem -> add(lines, problem, source, width));
    if (problems.size() > SHOWN) {
      lines.add("and " + (problems.size() - SHOWN) + " more");
    }
    return lines;
  }

  private void add(List<String> lines, Problem problem, String[] source, int width) {
    String place = problem.file() + ":" + problem.at().line() + ":" + problem.at().column() + ": ";
    Line head = new Line().add(Tone.TITLE, place).add(Tone.BAD, problem.message());
    if (!problem.hint().isEmpty()) {
      head.add("; ").add(Tone.GOOD, problem.hint());
    }
    lines.add(head.render(palette));
    int row = problem.at().line() - 1;
    if (row < source.length && !source[row].isBlank()) {
      excerpt(lines, problem, source[row], width);
    }
  }

  private void excerpt(List<String> lines, Problem problem, String source, int width) {
    String number = String.valueOf(problem.at().line());
    String bar = palette.sign(" │ ", " | ");
    int points = source.codePointCount(0, source.length());
    int column = Math.min(problem.at().column() - 1, points);
    String before = Cells.clean(source.substring(0, source.offsetByCodePoints(0, column)));
    int room = Math.max(20, width - number.length() - 3);
    // A place far to the right: the excerpt starts shortly before it.
    int from =
        Cells.width(before) < room - 1 ? 0 : before.length() - Math.min(before.length(), room / 2);
    String shown = Cells.clean(source).substring(from);
    lines.add(new Line().add(Tone.QUIET, number + bar).add(Cells.fit(shown, room)).render(palette));
    lines.add(
        new Line()
            .add(Tone.QUIET, " ".repeat(number.length()) + bar)
            .add(" ".repeat(Cells.width(before.substring(from))))
            .add(Tone.BAD, "^")
            .render(palette));
  }
}
