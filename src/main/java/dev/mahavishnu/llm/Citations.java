package dev.mahavishnu.llm;

import dev.mahavishnu.llm.Answer.Citation;
import dev.mahavishnu.spec.Diff;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds what changes in a draft against what the person said. */
final class Citations {
  private static final int SHOWN = 80;

  private final List<String> said;

  /**
   * @param said what the person typed in this conversation, a text each
   */
  Citations(List<String> said) {
    this.said = said.stream().map(Citations::plain).toList();
  }

  /** What is not covered, a line each. */
  List<String> problems(List<Diff> changes, List<Citation> because) {
    List<String> problems = new ArrayList<>();
    for (Diff change : changes) {
      Set<String> names = names(change);
      List<Citation> given =
          because.stream().filter(c -> names.contains(touched(c.touches()))).toList();
      if (given.isEmpty()) {
        problems.add(
            what(change)
                + ", but `because` cites no words for it; take the change back, or cite what asks"
                + " for it");
      } else if (given.stream().noneMatch(c -> isSaid(c.words()))) {
        problems.add(
            what(change) + ", but the person did not say \"" + shown(given.getFirst()) + "\"");
      }
    }
    return problems;
  }

  private static String shown(Citation citation) {
    String words = plain(citation.words());
    return words.length() <= SHOWN ? words : words.substring(0, SHOWN) + "…";
  }

  private static String touched(String touches) {
    return touches.strip().replace("`", "");
  }

  private static Set<String> names(Diff change) {
    return switch (change) {
      case Diff.FlowField c -> Set.of("flow." + c.field(), c.field());
      case Diff.TaskAdded c -> Set.of(c.task().id());
      case Diff.TaskRemoved c -> Set.of(c.task().id());
      case Diff.TaskMoved c -> Set.of(c.id());
      case Diff.TaskField c -> Set.of(c.id() + "." + c.field());
    };
  }

  private static String what(Diff change) {
    return switch (change) {
      case Diff.FlowField c -> "`flow." + c.field() + "` changes";
      case Diff.TaskAdded c -> "task `" + c.task().id() + "` is added";
      case Diff.TaskRemoved c -> "task `" + c.task().id() + "` is removed";
      case Diff.TaskMoved c -> "task `" + c.id() + "` moves";
      case Diff.TaskField c -> "`" + c.id() + "." + c.field() + "` changes";
    };
  }

  /** Words that stand in every sentence are no reason for anything. */
  private boolean isSaid(String words) {
    String wanted = plain(words);
    return !Similar.words(wanted).isEmpty() && said.stream().anyMatch(text -> holds(text, wanted));
  }

  private static boolean holds(String text, String wanted) {
    for (int at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
      int end = at + wanted.length();
      boolean begins = at == 0 || !isWord(text, at - 1) || !isWord(text, at);
      boolean ends = end == text.length() || !isWord(text, end) || !isWord(text, end - 1);
      if (begins && ends) {
        return true;
      }
    }
    return false;
  }

  private static boolean isWord(String text, int at) {
    return Character.isLetterOrDigit(text.charAt(at));
  }

  /** Case, blanks and the curl of quotes aside. */
  private static String plain(String text) {
    return text.strip()
        .lines()
        .collect(Collectors.joining(" "))
        .replaceAll("\\s+", " ")
        .replaceAll("[‘’]", "'")
        .replaceAll("[“”]", "\"")
        .toLowerCase(Locale.ROOT);
  }
}
