package dev.mahavishnu.cli;

import java.util.List;

/** A place on a screen for lines that change. */
interface Board extends AutoCloseable {
  /**
   * Shows these lines in place of the ones before.
   *
   * @param lines each shorter than the screen is wide, all fewer than it is high
   */
  void paint(List<String> lines);

  @Override
  void close();
}
