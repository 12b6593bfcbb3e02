package dev.mahavishnu.plan.offline;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** The words with a meaning of their own, and words for numbers. */
final class Words {
  /** A name can be none of these, unless it stands in backquotes. */
  static final Set<String> RESERVED =
      Set.of(
          ("add after afterwards all allow always an and any anything as at backoff be before"
               + " between body cache cached call called calls change compute computes concurrently"
               + " daily default defaulting delete describe described do don't drop each even every"
               + " execute executes expecting exponential fail failed fails failure finally first"
               + " flow for from header hourly if in is isn't it limit make meanwhile monthly named"
               + " never new next nightly not of on once only or parallel parameter parameters"
               + " please produced python python3 remove rename retries retry run runs schedule"
               + " secret set step steps succeeded succeeds takes that the then they time timeout"
               + " times to twice unless up use wait waits weekly when which with without")
              .split(" "));

  /** A name can be none of these even where nothing but a name can stand. */
  private static final Set<String> STRUCTURE =
      Set.of(
          ("after all an and any as at before each every for if in it of on only or run runs that"
                  + " the then to unless which with")
              .split(" "));

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,6}");
  private static final Map<String, Integer> NUMBERS = numbers();

  private Words() {}

  /** Whether a token can be a name as it stands. */
  static boolean isName(Token token) {
    return token.is(Token.Kind.WORD)
        && isNameShaped(token.text())
        && !RESERVED.contains(token.word());
  }

  /** Whether a token can be a name where nothing but a name can stand. */
  static boolean isGivenName(Token token) {
    return isNameShaped(token.text())
        && token.is(Token.Kind.WORD)
        && !STRUCTURE.contains(token.word());
  }

  /** Whether a text has the shape of a name. */
  static boolean isNameShaped(String text) {
    return NAME.matcher(text).matches() && text.length() <= 100;
  }

  /** A number in digits or in words, up to 999,999. */
  static OptionalInt number(String word) {
    if (DIGITS.matcher(word).matches()) {
      return OptionalInt.of(Integer.parseInt(word));
    }
    Integer known = NUMBERS.get(word);
    return known == null ? OptionalInt.empty() : OptionalInt.of(known);
  }

  private static Map<String, Integer> numbers() {
    List<String> small =
        List.of(
            ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
                    + " fifteen sixteen seventeen eighteen nineteen")
                .split(" "));
    List<String> tens = List.of("twenty thirty forty fifty sixty seventy eighty ninety".split(" "));
    Map<String, Integer> numbers = new HashMap<>();
    for (int i = 0; i < small.size(); i++) {
      numbers.put(small.get(i), i);
    }
    for (int i = 0; i < tens.size(); i++) {
      int ten = 20 + 10 * i;
      numbers.put(tens.get(i), ten);
      for (int j = 1; j < 10; j++) {
        numbers.put(tens.get(i) + "-" + small.get(j), ten + j);
      }
    }
    numbers.put("hundred", 100);
    return Map.copyOf(numbers);
  }
}
