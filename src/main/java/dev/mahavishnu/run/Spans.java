package dev.mahavishnu.run;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Spans of time. */
public final class Spans {
  private Spans() {}

  /**
   * For people: {@code 0.4s}, {@code 12s}, {@code 3m04s}, {@code 2h05m}, {@code 3d4h}. A span that
   * is negative, as after a clock was set back, counts as none.
   */
  public static String text(Duration span) {
    Duration time = span.isNegative() ? Duration.ZERO : span;
    long seconds = time.toSeconds();
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%d.%ds", seconds, time.toMillisPart() / 100);
    }
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3600) {
      return String.format(Locale.ROOT, "%dm%02ds", seconds / 60, seconds % 60);
    }
    return seconds < 86_400
        ? String.format(Locale.ROOT, "%dh%02dm", seconds / 3600, seconds / 60 % 60)
        : String.format(Locale.ROOT, "%dd%dh", seconds / 86_400, seconds / 3600 % 24);
  }

  /** The one in the middle, of an even number the mean of the two; empty of none. */
  static Optional<Duration> median(List<Duration> spans) {
    if (spans.isEmpty()) {
      return Optional.empty();
    }
    List<Duration> sorted = spans.stream().sorted().toList();
    Duration upper = sorted.get(sorted.size() / 2);
    Duration lower = sorted.get((sorted.size() - 1) / 2);
    return Optional.of(lower.plus(upper).dividedBy(2));
  }
}
