package dev.mahavishnu.view;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells in columns as wide as they need; the last column takes what is left. */
public final class Table {
  /** A cell of a row. */
  public record Cell(Tone tone, String text) {
    /** Keeps the text as one line. */
    public Cell {
      text = Cells.clean(text);
    }

    public static Cell of(String text) {
      return new Cell(Tone.PLAIN, text);
    }
  }

  private final List<String> titles;
  private final List<List<Cell>> rows = new ArrayList<>();

  public Table(String... titles) {
    this.titles = List.of(titles);
  }

  /** Adds a row with as many cells as there are titles. */
  public Table row(List<Cell> cells) {
    if (cells.size() != titles.size()) {
      throw new IllegalArgumentException(cells.size() + " cells under " + titles.size());
    }
    rows.add(List.copyOf(cells));
    return this;
  }

  /** The titles, then the rows; no line is wider than {@code width}. */
  public List<String> lines(Palette palette, int width) {
    int[] widths = new int[titles.size()];
    for (int i = 0; i < widths.length; i++) {
      int column = i;
      widths[i] =
          rows.stream()
              .mapToInt(row -> Cells.width(row.get(column).text()))
              .reduce(titles.get(i).length(), Math::max);
    }
    List<String> lines = new ArrayList<>();
    List<Cell> head = titles.stream().map(title -> new Cell(Tone.QUIET, title)).toList();
    lines.add(line(head, widths).render(palette, width));
    rows.forEach(row -> lines.add(line(row, widths).render(palette, width)));
    return lines;
  }

  private static Line line(List<Cell> cells, int[] widths) {
    Line line = new Line();
    int last = cells.size() - 1;
    for (int i = 0; i < last; i++) {
      line.add(cells.get(i).tone(), cells.get(i).text(), widths[i]).add("  ");
    }
    // Not padded, or it would look cut off where a longer one in its column is.
    return line.add(cells.get(last).tone(), cells.get(last).text());
  }
}
