package dev.mahavishnu.cli;

import dev.mahavishnu.spec.Nearest;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What was probably meant. */
final class Hints {
  private Hints() {}

  /** The known word that is probably meant: misspelt, or begun and not ended. */
  static Optional<String> nearest(String word, Collection<String> known) {
    Optional<String> longer =
        word.isEmpty()
            ? Optional.empty()
            : known.stream().filter(k -> k.startsWith(word)).min(Comparator.naturalOrder());
    return longer.or(() -> Nearest.to(word, known));
  }

  /** {@code ; did you mean `x`?}, or nothing. */
  static String like(String word, Collection<String> known) {
    return nearest(word, known).map(near -> "; did you mean `" + near + "`?").orElse("");
  }
}
