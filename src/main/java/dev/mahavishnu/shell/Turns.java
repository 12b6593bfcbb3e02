package dev.mahavishnu.shell;

import dev.mahavishnu.plan.Turn;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What was said last, as a planner is told of it. Safe for several threads. */
final class Turns {
  private static final int MOST = 12;
  private static final int MOST_CHARACTERS = 8_000;
  private static final int LONGEST_WORDS = 4_000;
  private static final int LONGEST_ANSWER = 1_500;

  private final Deque<Turn> turns = new ArrayDeque<>();

  synchronized void add(String person, String answer) {
    turns.add(new Turn(cut(person, LONGEST_WORDS), cut(answer, LONGEST_ANSWER)));
    while (turns.size() > MOST || (turns.size() > 1 && length() > MOST_CHARACTERS)) {
      turns.remove();
    }
  }

  /** The oldest first. */
  synchronized List<Turn> all() {
    return List.copyOf(turns);
  }

  private int length() {
    return turns.stream().mapToInt(t -> t.person().length() + t.answer().length()).sum();
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most) + "\n(and more)";
  }
}
