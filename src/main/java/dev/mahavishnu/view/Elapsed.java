package dev.mahavishnu.view;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * Spans of time for people: {@code 0.4s}, {@code 12s}, {@code 3m04s}, {@code 2h05m}, {@code 3d4h}.
 */
public final class Elapsed {
  private Elapsed() {}

  /** A span; one that is negative, as after a clock was set back, counts as none. */
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

  static String between(Instant from, Instant to) {
    return text(Duration.between(from, to));
  }
}
