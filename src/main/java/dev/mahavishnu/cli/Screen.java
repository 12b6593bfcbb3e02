package dev.mahavishnu.cli;

/**
 * What the streams of this process are connected to.
 *
 * @param stdin whether it is a terminal, as for the others
 * @param size of the terminal, asked each time
 */
public record Screen(boolean stdin, boolean stdout, boolean stderr, Size.Source size) {
  /** No terminal anywhere; lines may be long. */
  public static final Screen NONE = new Screen(false, false, false, () -> new Size(200, 50));

  /**
   * @param columns at least 20
   * @param rows at least 5
   */
  public record Size(int columns, int rows) {
    /** A terminal that says less than can be true is taken for a common one. */
    public Size {
      columns = columns < 1 ? 80 : Math.max(20, columns);
      rows = rows < 1 ? 24 : Math.max(5, rows);
    }

    /** Asks for the size as it is now. */
    public interface Source {
      Size now();
    }
  }
}
