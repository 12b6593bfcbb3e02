package dev.mahavishnu.expr;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** The name that was probably meant. */
final class Suggestion {
  private static final int MOST = 20_000;

  private Suggestion() {}

  /** {@code did you mean `day`?}, or nothing when no name is near. */
  static String hint(String wrong, Collection<String> names) {
    return nearest(wrong, names).map(n -> "did you mean `" + n + "`?").orElse("");
  }

  static Optional<String> nearest(String wrong, Collection<String> names) {
    String key = key(wrong);
    // A name is near when at most a third of it is wrong.
    int best = Math.max(1, Math.min(3, key.length() / 3)) + 1;
    String found = null;
    int seen = 0;
    for (String name : names) {
      if (++seen > MOST) {
        break;
      }
      int distance = distance(key, key(name), best);
      if (distance < best
          || (distance == best && found != null && name.compareTo(found) < 0)) {
        best = distance;
        found = name;
      }
    }
    return Optional.ofNullable(found);
  }

  /** Case and the kind of dash are what people get wrong most. */
  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT).replace('-', '_');
  }

  /** Edits (with neighbours swapped as one) from one to the other, or at least {@code limit}. */
  private static int distance(String a, String b, int limit) {
    if (Math.abs(a.length() - b.length()) >= limit) {
      return limit + 1;
    }
    int[] before = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + same);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      int[] free = before;
      before = last;
      last = row;
      row = free;
    }
    return last[b.length()];
  }
}
