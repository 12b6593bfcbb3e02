package dev.mahavishnu.spec;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody meant: the known word that a misspelt one is nearest to. */
public final class Nearest {
  private Nearest() {}

  /**
   * The nearest known word, when it is near enough to be meant: at most a third of the letters
   * differ, counting a swap of two neighbours as one. Of equals the first in alphabetical order.
   */
  public static Optional<String> to(String word, Collection<String> known) {
    String lower = word.toLowerCase(Locale.ROOT);
    int best = Math.max(1, word.length() / 3) + 1;
    String found = "";
    for (String candidate : known) {
      if (Math.abs(candidate.length() - word.length()) >= best + 1) {
        continue;
      }
      int distance = distance(lower, candidate.toLowerCase(Locale.ROOT), best);
      if (distance < best
          || (distance == best && !found.isEmpty() && candidate.compareTo(found) < 0)) {
        best = distance;
        found = candidate;
      }
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(found);
  }

  /** A hint for people: {@code did you mean `extract`?}, or empty. */
  public static String hint(String word, Collection<String> known) {
    return to(word, known).map(found -> "did you mean `" + found + "`?").orElse("");
  }

  /** Edits from one word to another: insert, delete, change, swap; stops counting above limit. */
  private static int distance(String a, String b, int limit) {
    int[] before = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    int[] twoBefore = row.clone();
    for (int i = 1; i <= a.length(); i++) {
      int[] free = twoBefore;
      twoBefore = before;
      before = row;
      row = free;
      row[0] = i;
      int least = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int cost = Math.min(before[j - 1] + change, Math.min(before[j], row[j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          cost = Math.min(cost, twoBefore[j - 2] + 1);
        }
        row[j] = cost;
        least = Math.min(least, cost);
      }
      if (least > limit) {
        return limit + 1;
      }
    }
    return row[b.length()];
  }
}
