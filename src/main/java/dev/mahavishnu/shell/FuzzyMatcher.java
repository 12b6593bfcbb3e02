package dev.mahavishnu.shell;

import dev.mahavishnu.spec.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jline.reader.Candidate;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.CompletionMatcher;
import org.jline.reader.LineReader;

/**
 * Which candidates a word may be the beginning of: those that begin with it; where there are none,
 * those that begin with it in other letters' case, that hold it, that hold its letters in this
 * order, or that it may be a mistyped form of.
 */
final class FuzzyMatcher implements CompletionMatcher {
  /** With fewer letters nearly everything holds them, or is a mistyped form. */
  private static final int FEWEST_HELD = 2;

  private static final int FEWEST_MISTYPED = 3;

  private String word = "";
  private List<Candidate> matching = List.of();

  @Override
  public void compile(
      Map<LineReader.Option, Boolean> options,
      boolean prefix,
      CompletingParsedLine line,
      boolean caseInsensitive,
      int errors,
      String originalGroupName) {
    word = line.word();
  }

  @Override
  public List<Candidate> matches(List<Candidate> candidates) {
    String lower = lower(word);
    List<Predicate<String>> ways =
        List.of(
            text -> text.startsWith(word),
            text -> lower(text).startsWith(lower),
            text -> lower(text).contains(lower),
            text -> holds(lower(text), lower),
            text -> isMistyped(lower(text), lower));
    for (Predicate<String> way : ways) {
      // A list that may be changed, as the reader does.
      matching = new ArrayList<>(candidates.stream().filter(c -> way.test(c.value())).toList());
      if (!matching.isEmpty()) {
        break;
      }
    }
    return matching;
  }

  /** Whether all letters are there, in this order, the first one at the beginning. */
  private static boolean holds(String text, String letters) {
    if (letters.length() < FEWEST_HELD || !text.startsWith(letters.substring(0, 1))) {
      return false;
    }
    int at = 0;
    for (int i = 0; i < letters.length(); i++) {
      at = text.indexOf(letters.charAt(i), at) + 1;
      if (at == 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isMistyped(String text, String letters) {
    return letters.length() >= FEWEST_MISTYPED && Nearest.to(letters, List.of(text)).isPresent();
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  @Override
  public Candidate exactMatch() {
    return matching.stream()
        .filter(c -> c.complete() && c.value().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("RECOGNIZE_EXACT is not set"));
  }

  /** Empty where they do not all begin with the word. */
  @Override
  public String getCommonPrefix() {
    String common = matching.isEmpty() ? "" : matching.getFirst().value();
    for (Candidate candidate : matching) {
      int length = Math.min(common.length(), candidate.value().length());
      int same = 0;
      while (same < length && common.charAt(same) == candidate.value().charAt(same)) {
        same++;
      }
      common = common.substring(0, same);
    }
    return common.startsWith(word) ? common : "";
  }
}
