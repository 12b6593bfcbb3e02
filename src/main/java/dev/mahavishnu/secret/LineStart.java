package dev.mahavishnu.secret;

/**
 * What a line starts with before its own text: a time, a name, a level. It is told by the line
 * above, which starts with the same characters, but for the digits of times and counters.
 */
final class LineStart {
  /** Nothing longer counts. */
  static final int LONGEST = 160;

  private LineStart() {}

  /**
   * Where the own text of a line starts.
   *
   * @param upper the text with the line above, from {@code top} to {@code topEnd}
   * @param text that with the line, from {@code line} on
   */
  static int end(String upper, int top, int topEnd, String text, int line) {
    int limit = Math.min(text.length(), line + LONGEST);
    int above = top;
    int at = line;
    int end = line;
    boolean first = true;
    while (at < limit && above < topEnd && !isLineEnd(text, at)) {
      char c = text.charAt(at);
      if (isDigit(c) && isDigit(upper.charAt(above))) {
        int to = afterDigits(text, at);
        int aboveTo = afterDigits(upper, above);
        boolean same = text.substring(at, to).equals(upper.substring(above, aboveTo));
        if (!same && !first && !isCounted(text, at, to)) {
          return end;
        }
        at = to;
        above = aboveTo;
      } else if (c == upper.charAt(above)) {
        first &= c > ' ';
        at++;
        above++;
        end = Symbols.of(c) == 0 ? at : end;
      } else {
        return end;
      }
    }
    return end;
  }

  private static boolean isLineEnd(String text, int at) {
    return text.charAt(at) == '\n' || text.startsWith("\\n", at);
  }

  /** A number that stands alone may be a group of the text; one with signs is a time. */
  private static boolean isCounted(String text, int from, int to) {
    return (from > 0 && isSign(text.charAt(from - 1)))
        || (to < text.length() && isSign(text.charAt(to)));
  }

  private static boolean isSign(char c) {
    return c == 'T' || (c > ' ' && Symbols.of(c) == 0);
  }

  private static int afterDigits(String text, int from) {
    int at = from;
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
