package dev.mahavishnu.shell;

import java.util.List;
import org.jline.terminal.Terminal;
import org.jline.utils.InfoCmp.Capability;

/**
 * The lowest lines of the screen, which are painted over while all above them scrolls. To be used
 * under the lock of what is written to the terminal.
 *
 * <p>Not JLine's {@code Status}: that one clears lines above it when the window changes, and paints
 * wrong when it grows.
 */
final class Region {
  private static final String ESC = "\u001b";
  private static final String SAVE = ESC + "7";
  private static final String RESTORE = ESC + "8";
  private static final String ALL_SCROLLS = SAVE + ESC + "[r" + RESTORE;
  private static final String DOWN = ESC + "D";
  private static final String CLEAR_BELOW = ESC + "[J";
  private static final String CLEAR_REST = ESC + "[0m" + ESC + "[K";

  /** Between these two a terminal that knows them shows nothing. */
  private static final String BEGIN = ESC + "[?2026h";

  private static final String END = ESC + "[?2026l";

  private final Terminal terminal;
  private List<String> painted = List.of();
  private int rows;
  private int columns;
  private volatile boolean moved;

  Region(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Whether the terminal can do this at all. */
  static boolean isPossible(Terminal terminal) {
    return terminal.getStringCapability(Capability.change_scroll_region) != null
        && terminal.getStringCapability(Capability.cursor_address) != null;
  }

  /** The window has changed, and may have its old size again; for any thread. */
  void windowChanged() {
    moved = true;
  }

  /**
   * Paints the lines; none gives the place back.
   *
   * @param lines each shorter than the screen is wide, all fewer than it is high
   * @return whether the line that the cursor is in was lost, since the window has changed
   */
  boolean paint(List<String> lines) {
    if (lines.isEmpty() && painted.isEmpty()) {
      return false;
    }
    boolean changed =
        !painted.isEmpty()
            && (moved || rows != terminal.getRows() || columns != terminal.getColumns());
    moved = false;
    rows = terminal.getRows();
    columns = terminal.getColumns();
    StringBuilder out = new StringBuilder(BEGIN);
    if (changed) {
      // Where the old lines went nobody knows, but it is below what is typed.
      out.append(ALL_SCROLLS).append(CLEAR_BELOW);
      painted = List.of();
    }
    if (lines.isEmpty()) {
      clear(out);
    } else {
      put(lines, out);
    }
    painted = List.copyOf(lines);
    terminal.writer().write(out.append(END).toString());
    terminal.flush();
    return changed;
  }

  private void clear(StringBuilder out) {
    out.append(SAVE);
    for (int i = 0; i < painted.size(); i++) {
      out.append(at(rows - i)).append(CLEAR_REST);
    }
    out.append(RESTORE).append(ALL_SCROLLS);
  }

  private void put(List<String> lines, StringBuilder out) {
    int more = lines.size() - painted.size();
    if (more > 0) {
      // Room below the cursor; what is above moves up only if there is none.
      out.append(DOWN.repeat(more)).append(ESC).append('[').append(more).append('A');
    }
    if (more != 0) {
      int last = rows - lines.size();
      out.append(SAVE).append(ESC).append("[1;").append(last).append('r').append(RESTORE);
    }
    out.append(SAVE);
    for (int row = rows - painted.size() + 1; row <= rows - lines.size(); row++) {
      out.append(at(row)).append(CLEAR_REST);
    }
    for (int i = 0; i < lines.size(); i++) {
      if (more != 0 || !lines.get(i).equals(painted.get(i))) {
        out.append(at(rows - lines.size() + 1 + i)).append(lines.get(i)).append(CLEAR_REST);
      }
    }
    out.append(RESTORE);
  }

  private static String at(int row) {
    return ESC + "[" + row + ";1H";
  }
}
