package dev.mahavishnu.expr;

import java.util.Optional;

/**
 * The variables of the loops around a term, innermost first.
 *
 * @param <T> what is known of a variable: its value, or its type
 */
record Frame<T>(String name, T held, Optional<Frame<T>> outer) {
  static <T> Frame<T> within(Optional<Frame<T>> outer, String name, T held) {
    return new Frame<>(name, held, outer);
  }

  T find(String variable) {
    Frame<T> frame = this;
    while (!frame.name.equals(variable)) {
      frame = frame.outer.orElseThrow();
    }
    return frame.held;
  }
}
