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

  private final SpecText text;
  private final List<Problem> found = new ArrayList<>();
  private final Set<Problem> seen = new HashSet<>();
  private final Set<Integer> offsets = new HashSet<>();

  Problems(SpecText text) {
    this.text = text;
  }

  void add(int offset, String message, String hint) {
    offsets.add(offset);
    add(text.position(offset), message, hint);
  }

  void add(Position at, String message, String hint) {
    Problem problem = new Problem(text.file(), at, message, hint);
    if (seen.add(problem)) {
      found.add(problem);
    }
  }

  /** Whether something was said about what starts at this offset. */
  boolean at(int offset) {
    return offsets.contains(offset);
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
    first.add(new Problem(next.file(), next.at(), "and " + (all.size() - MOST) + " more", ""));
    return first;
  }
}
