package dev.mahavishnu.expr;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.concurrent.ConcurrentHashMap;

/** Regular expressions that match in time linear in the text, whatever they are. */
final class Regex {
  private static final int LONGEST = 1_000;
  private static final int LARGEST = 5_000;
  private static final int KEPT = 256;
  private static final ConcurrentHashMap<String, Pattern> COMPILED = new ConcurrentHashMap<>();

  private Regex() {}

  static Pattern compile(String regex) {
    Pattern known = COMPILED.get(regex);
    if (known != null) {
      return known;
    }
    Pattern pattern = parse(regex);
    if (COMPILED.size() >= KEPT) {
      COMPILED.clear();
    }
    COMPILED.put(regex, pattern);
    return pattern;
  }

  private static Pattern parse(String regex) {
    if (regex.length() > LONGEST) {
      throw Failure.of("the regular expression is longer than " + LONGEST + " characters");
    }
    if (RegexSize.of(regex) > LARGEST) {
      throw Failure.of("the regular expression is too large when its repeats are written out");
    }
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw Failure.of("not a regular expression (RE2): " + e.getDescription());
    }
  }

  /** Whether it matches somewhere in the text. */
  static boolean find(String text, String regex, Budget budget) {
    Pattern pattern = compile(regex);
    // Time is the text times the states; a quarter of them is what a usual text keeps alive.
    budget.spend((long) text.length() * Math.max(1, pattern.programSize() / 4));
    return pattern.matcher(text).find();
  }
}
