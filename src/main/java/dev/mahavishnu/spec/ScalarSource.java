package dev.mahavishnu.spec;

/**
 * Finds a character of a text in the source it was written as: plain, quoted or as a block.
 *
 * <p>Whatever the style, reading changes nothing but white space and escapes, so the n-th character
 * that is no white space in the text is the n-th in its source, an escape counted as what it stands
 * for.
 */
final class ScalarSource {
  private final String source;
  private final int start;

  /**
   * @param start offset of the first character of the scalar, quote or block sign included
   */
  ScalarSource(String source, int start) {
    this.source = source;
    this.start = start;
  }

  /** The offset in the source of the character at {@code offset} of the text. */
  int at(String text, int offset) {
    int before = 0;
    for (int i = 0; i < Math.min(offset, text.length()); i++) {
      before += isSpace(text.charAt(i)) ? 0 : 1;
    }
    char style = start < source.length() ? source.charAt(start) : ' ';
    int at = first(style);
    for (int seen = 0; at < source.length(); at += length(style, at)) {
      int marks = marks(style, at);
      if (marks > 0 && seen + marks > before) {
        break;
      }
      seen += marks;
    }
    // White space that was asked for: as far before the next mark as in the text, on the same line.
    int gap = 0;
    while (offset + gap < text.length() && isSpace(text.charAt(offset + gap))) {
      gap++;
    }
    return at - gap > start && source.substring(at - gap, at).isBlank() ? at - gap : at;
  }

  private int first(char style) {
    if (style == '|' || style == '>') {
      int line = source.indexOf('\n', start);
      return line < 0 ? source.length() : line + 1;
    }
    return style == '"' || style == '\'' ? start + 1 : start;
  }

  /** Characters of the source that make up what stands at an offset. */
  private int length(char style, int at) {
    char c = source.charAt(at);
    if (style == '\'' && c == '\'') {
      return 2;
    }
    if (style != '"' || c != '\\' || at + 1 >= source.length()) {
      return 1;
    }
    return switch (source.charAt(at + 1)) {
      case 'x' -> 4;
      case 'u' -> 6;
      case 'U' -> 10;
      default -> 2;
    };
  }

  /** How many characters other than white space it gives. */
  private int marks(char style, int at) {
    char c = source.charAt(at);
    if (style != '"' || c != '\\' || at + 1 >= source.length()) {
      return isSpace(c) ? 0 : 1;
    }
    char escape = source.charAt(at + 1);
    return switch (escape) {
      case 'n', 't', 'r', ' ', '\t', '\n', '\r' -> 0;
      case 'x', 'u', 'U' ->
          coded(source.substring(at + 2, Math.min(source.length(), at + length(style, at))));
      default -> 1;
    };
  }

  private static int coded(String digits) {
    int code = Integer.parseInt(digits, 16);
    return code == ' ' || code == '\t' || code == '\n' || code == '\r'
        ? 0
        : Character.charCount(code);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }
}
