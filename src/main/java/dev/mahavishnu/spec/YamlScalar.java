package dev.mahavishnu.spec;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * One text as YAML: plain where no reader of YAML could take it for something else, else quoted.
 */
final class YamlScalar {
  /** Words that some YAML reads as something else than text. */
  private static final Set<String> WORDS =
      Set.of(
          "null", "true", "false", "yes", "no", "on", "off", "y", "n", "~", ".inf", ".nan", "nan",
          "inf");

  private static final Pattern PLAIN =
      Pattern.compile("[\\p{L}_$./(][^\\p{Cntrl}]*|[0-9][^\\p{Cntrl}]*[\\p{L}*/][^\\p{Cntrl}]*");

  /** What a number, a date or a time of day is made of. */
  private static final Pattern NUMBERLIKE = Pattern.compile("[-+.0-9][-+.0-9eExXoObBTZ_: a-fA-F]*");

  private static final Pattern PLAIN_IN_FLOW = Pattern.compile("[\\p{L}_./][\\p{L}\\p{N}_./@+-]*");

  private static final Pattern DURATION = Pattern.compile("[0-9]+(ms|s|m|h|d)([0-9]+(ms|s|m|h))*");

  private YamlScalar() {}

  /** In a block: most texts stand as they are. */
  static String inBlock(String text) {
    boolean plain =
        PLAIN.matcher(text).matches()
            && isPrintable(text)
            && !text.contains(": ")
            && !text.endsWith(":")
            && !text.contains(" #")
            && !text.endsWith(" ")
            && !isSomethingElse(text);
    return plain ? text : quoted(text);
  }

  /** Between braces or brackets, or as a name. */
  static String inFlow(String text) {
    boolean plain = PLAIN_IN_FLOW.matcher(text).matches() || DURATION.matcher(text).matches();
    return plain && isPrintable(text) && !isSomethingElse(text) ? text : quoted(text);
  }

  private static boolean isSomethingElse(String text) {
    boolean number = NUMBERLIKE.matcher(text).matches() && !DURATION.matcher(text).matches();
    return number || WORDS.contains(text.toLowerCase(java.util.Locale.ROOT));
  }

  /** Whether YAML takes every character as it is; a line end and a tab are none. */
  static boolean isPrintable(String text) {
    return text.codePoints().allMatch(c -> c >= ' ' && !needsEscape(c));
  }

  private static boolean needsEscape(int c) {
    boolean control = c < ' ' || (c >= 0x7F && c < 0xA0);
    boolean separator = c == 0x2028 || c == 0x2029 || c == 0xFEFF || c == 0xFFFE || c == 0xFFFF;
    boolean half = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    return control || separator || half;
  }

  /** In double quotes, as JSON writes it. */
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                case '\r' -> quoted.append("\\r");
                default -> {
                  if (needsEscape(c)) {
                    quoted.append(String.format("\\u%04X", c));
                  } else {
                    quoted.appendCodePoint(c);
                  }
                }
              }
            });
    return quoted.append('"').toString();
  }

  /** Whether the text reads best as a block of lines, and YAML can write it so. */
  static boolean isBlock(String text) {
    return text.indexOf('\n') >= 0
        && !text.isBlank()
        && text.codePoints().allMatch(c -> c == '\n' || c == '\t' || !needsEscape(c));
  }

  /**
   * The sign that starts a block: it says what stands at its end, and its indent where that is
   * unclear.
   */
  static String blockSign(String text) {
    boolean unclear = text.charAt(0) == ' ' || text.stripLeading().length() < text.length();
    String end = !text.endsWith("\n") ? "-" : text.endsWith("\n\n") ? "+" : "";
    return "|" + (unclear ? "2" : "") + end;
  }
}
