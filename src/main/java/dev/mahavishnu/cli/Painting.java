package dev.mahavishnu.cli;

import java.io.PrintStream;
import java.util.List;

/**
 * Lines of a terminal that are painted over. The cursor always stands below them, so that a process
 * that is killed leaves a usable screen. For one thread at a time.
 */
final class Painting implements Board {
  private final PrintStream out;
  private int painted;

  Painting(PrintStream out) {
    this.out = out;
  }

  @Override
  public void paint(List<String> lines) {
    StringBuilder text = new StringBuilder();
    if (painted > 0) {
      text.append("\u001b[").append(painted).append('A');
    }
    // No wrapping, or a line on a screen that has just become narrow would take two.
    text.append("\r\u001b[?7l");
    lines.forEach(line -> text.append(line).append("\u001b[K\n"));
    text.append("\u001b[J\u001b[?7h");
    out.print(text);
    out.flush();
    painted = lines.size();
  }

  /** What was painted last stays. */
  @Override
  public void close() {}
}
