package dev.mahavishnu.run;

import java.util.List;

/**
 * Some lines of a run's log, in the order they were written.
 *
 * @param next where the next page starts; the offset that was asked for when there is no more now
 */
public record LogPage(List<LogLine> lines, long next) {
  public LogPage {
    lines = List.copyOf(lines);
  }
}
