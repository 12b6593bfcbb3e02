package dev.mahavishnu.cli;

import dev.mahavishnu.spec.Nearest;
import java.util.Collection;
import java.util.List;

/** What was probably meant, as the end of a message. */
final class Hints {
  private Hints() {}

  /**
   * {@code ; did you mean `x`?} for a word that is misspelt or the beginning of one; or nothing.
   */
  static String like(String word, Collection<String> known) {
    List<String> longer = known.stream().filter(k -> k.startsWith(word)).sorted().toList();
    String hint =
        longer.isEmpty() || word.isEmpty()
            ? Nearest.hint(word, known)
            : Nearest.hint(longer.getFirst(), longer);
    return hint.isEmpty() ? "" : "; " + hint;
  }
}
