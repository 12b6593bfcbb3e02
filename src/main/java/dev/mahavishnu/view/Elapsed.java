package dev.mahavishnu.view;

import dev.mahavishnu.run.Spans;
import java.time.Duration;
import java.time.Instant;

/**
 * Spans of time for people: {@code 0.4s}, {@code 12s}, {@code 3m04s}, {@code 2h05m}, {@code 3d4h}.
 */
public final class Elapsed {
  private Elapsed() {}

  static String between(Instant from, Instant to) {
    return Spans.text(Duration.between(from, to));
  }
}
