package dev.mahavishnu.expr;

/**
 * How large a regular expression becomes when its counted repeats are written out. The library
 * writes them out before it looks at the size, and {@code ((a{1000}){1000}){1000}} fills the heap.
 */
final class RegexSize {
  private static final long MANY = 1_000_000_000;
  private final String regex;
  private int at;

  private RegexSize(String regex) {
    this.regex = regex;
  }

  /** About the number of states; right to a factor of two where it is small. */
  static long of(String regex) {
    RegexSize size = new RegexSize(regex);
    long sum = 0;
    while (size.more()) {
      sum = Math.min(MANY, sum + size.group());
    }
    return sum;
  }

  private boolean more() {
    return at < regex.length();
  }

  /** Up to the parenthesis that closes it, or the end. */
  private long group() {
    long sum = 1;
    long last = 0;
    while (more()) {
      char c = regex.charAt(at++);
      if (c == ')') {
        break;
      }
      long times = c == '{' ? repeats() : 0;
      if (times > 0) {
        sum = Math.min(MANY, sum + last * (times - 1));
        last = Math.min(MANY, last * times);
      } else {
        last = atom(c);
        sum = Math.min(MANY, sum + last);
      }
    }
    return sum;
  }

  private long atom(char first) {
    return switch (first) {
      case '(' -> group();
      case '[' -> set();
      case '\\' -> escape();
      default -> 1;
    };
  }

  private long set() {
    // A bracket that comes first is a member.
    if (regex.startsWith("^", at)) {
      at++;
    }
    at++;
    while (more() && regex.charAt(at) != ']') {
      at += regex.charAt(at) == '\\' ? 2 : 1;
    }
    at++;
    return 1;
  }

  private long escape() {
    if (regex.startsWith("Q", at)) {
      int end = regex.indexOf("\\E", at);
      int length = (end < 0 ? regex.length() : end) - at;
      at = end < 0 ? regex.length() : end + 2;
      return length;
    }
    at++;
    if (more() && regex.charAt(at) == '{' && "pPx".indexOf(regex.charAt(at - 1)) >= 0) {
      at = Math.max(at, regex.indexOf('}', at)) + 1;
    }
    return 1;
  }

  /** The larger count of {@code {2,5}}; 0 where the brace is a character like any other. */
  private long repeats() {
    int close = regex.indexOf('}', at);
    String counts = close < 0 ? "" : regex.substring(at, close);
    if (!counts.matches("\\d{1,9}(,\\d{0,9})?")) {
      return 0;
    }
    at = close + 1;
    String[] parts = counts.split(",");
    return Math.max(1, Long.parseLong(parts[parts.length - 1]));
  }
}
