package dev.mahavishnu.spec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong with one spec. */
final class Problems {
  /** More than this is of no use to anyone. */
  static final int MOST = 100;

  /** After so many the place of another is not worth the search. */
  private static final int KEPT = 1_000;

  private final SpecText text;
  private final List<Problem> found = new ArrayList<>();
  private final Set<Problem> seen = new HashSet<>();
  private int more;

  Problems(SpecText text) {
    this.text = text;
  }

  void add(int offset, String message, String hint) {
    add(isFull() ? Position.START : text.position(offset), message, hint);
  }

  void add(Position at, String message, String hint) {
    if (isFull()) {
      more++;
      return;
    }
    Problem problem = new Problem(text.file(), at, oneLine(message), oneLine(hint));
    if (seen.add(problem)) {
      found.add(problem);
    }
  }

  /** Names from a spec stand in messages: they must not end the line or steer a terminal. */
  private static String oneLine(String text) {
    boolean fine = text.chars().noneMatch(Problems::breaks);
    return fine
        ? text
        : text.codePoints()
            .map(c -> breaks(c) ? ' ' : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
  }

  private static boolean breaks(int c) {
    boolean direction = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    return Character.isISOControl(c) || c == 0x2028 || c == 0x2029 || direction;
  }

  /** Whether another problem would only be counted. */
  boolean isFull() {
    return found.size() >= KEPT;
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** In the order of the file; the last one counts those left out. */
  List<Problem> sorted() {
    List<Problem> all = new ArrayList<>(found);
    all.sort(Comparator.comparing(Problem::at));
    if (all.size() <= MOST) {
      return all;
    }
    List<Problem> first = new ArrayList<>(all.subList(0, MOST));
    Problem next = all.get(MOST);
    first.add(
        new Problem(next.file(), next.at(), "and " + (all.size() - MOST + more) + " more", ""));
    return first;
  }
}
