package dev.mahavishnu.shell;

/** Where quoted text and JSON values begin and end. */
final class Quotes {
  private Quotes() {}

  /** Whether a quote that starts a word is not closed. */
  static boolean isOpen(CharSequence text) {
    int i = 0;
    while (i < text.length()) {
      if (!opens(text, i)) {
        i++;
        continue;
      }
      int end = end(text, i);
      if (end < 0) {
        return true;
      }
      i = end;
    }
    return false;
  }

  /** Whether quoted text begins there. */
  static boolean opens(CharSequence text, int i) {
    return startsWord(text, i) && isQuote(text.charAt(i));
  }

  /** Whether the text begins with three quotes. */
  static boolean opensBlock(String text) {
    return isTriple(text.stripLeading(), 0);
  }

  /** Whether the whole text is one block between three quotes. */
  static boolean isBlock(String text) {
    return text.length() >= 6 && isTriple(text, 0) && end(text, 0) == text.length();
  }

  private static boolean startsWord(CharSequence text, int i) {
    return i == 0
        || Character.isWhitespace(text.charAt(i - 1))
        || "=(,[{:".indexOf(text.charAt(i - 1)) >= 0;
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }

  private static boolean isTriple(CharSequence text, int i) {
    return i + 2 < text.length()
        && isQuote(text.charAt(i))
        && text.charAt(i + 1) == text.charAt(i)
        && text.charAt(i + 2) == text.charAt(i);
  }

  /** Offset after the quoted text that starts at {@code from}; -1 where it does not end. */
  static int end(CharSequence text, int from) {
    char quote = text.charAt(from);
    if (isTriple(text, from)) {
      int end = text.toString().indexOf(String.valueOf(quote).repeat(3), from + 3);
      return end < 0 ? -1 : end + 3;
    }
    for (int i = from + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && quote == '"') {
        i++;
      } else if (c == quote) {
        return i + 1;
      }
    }
    return -1;
  }

  /**
   * Offset after the JSON object or list that starts at {@code from}; -1 where it does not end.
   * Only brackets and texts are looked at.
   */
  static int endOfJson(CharSequence text, int from) {
    int depth = 0;
    for (int i = from; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '{', '[' -> depth++;
        case '}', ']' -> depth--;
        case '"' -> {
          int end = endOfText(text, i);
          if (end < 0) {
            return -1;
          }
          i = end - 1;
        }
        default -> {}
      }
      if (depth == 0 && !Character.isWhitespace(text.charAt(i))) {
        return i + 1;
      }
    }
    return -1;
  }

  private static int endOfText(CharSequence text, int from) {
    for (int i = from + 1; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == '"') {
        return i + 1;
      }
    }
    return -1;
  }
}
