package dev.mahavishnu.expr;

import dev.mahavishnu.spec.Nearest;
import java.util.Collection;

/** Suggestions in one session. Looking through thousands of names for each of thousands is not. */
final class Hints {
  private static final int MANY = 500;
  private int searches = 20;

  /** {@code did you mean `day`?}, or empty. */
  String near(String wrong, Collection<String> names) {
    if (names.size() > MANY && --searches < 0) {
      return "";
    }
    return Nearest.hint(wrong, names);
  }
}
