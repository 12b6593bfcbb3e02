package dev.mahavishnu.expr;

import java.util.Optional;
import java.util.Set;

/**
 * Reads the most common expressions, a name and plain fields after it, without CEL's parser: what a
 * flow without others never has to load. Gives the same terms; a test holds the two side by side.
 */
final class Shortcut {
  private static final Set<String> RESERVED =
      Set.of(
          "true",
          "false",
          "null",
          "in",
          "as",
          "break",
          "const",
          "continue",
          "else",
          "for",
          "function",
          "if",
          "import",
          "let",
          "loop",
          "package",
          "namespace",
          "return",
          "var",
          "void",
          "while");

  private static final int MOST_FIELDS = 20;

  private Shortcut() {}

  /** Empty where this is for the whole parser. */
  static Optional<Names.Part> read(String text, Names names) {
    int start = blank(text, 0);
    int end = word(text, start);
    if (end == start || RESERVED.contains(text.substring(start, end))) {
      return Optional.empty();
    }
    if (!chain(text, end)) {
      return Optional.empty();
    }
    Names.Part part = names.name(text.substring(start, end), start);
    while (end < text.length() && text.charAt(end) == '.') {
      int from = end + 1;
      end = word(text, from);
      part = names.field(part, text.substring(from, end), false, from);
    }
    return Optional.of(part);
  }

  /**
   * Whether the rest is nothing but fields; asked first, since names are noted as they are read.
   */
  private static boolean chain(String text, int from) {
    int at = from;
    int fields = 0;
    while (at < text.length() && text.charAt(at) == '.') {
      int end = word(text, at + 1);
      if (++fields > MOST_FIELDS
          || end == at + 1
          || RESERVED.contains(text.substring(at + 1, end))) {
        return false;
      }
      at = end;
    }
    return blank(text, at) == text.length();
  }

  private static int blank(String text, int from) {
    int at = from;
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\n')) {
      at++;
    }
    return at;
  }

  private static int word(String text, int from) {
    int at = from;
    while (at < text.length() && letter(text.charAt(at), at > from)) {
      at++;
    }
    return at;
  }

  private static boolean letter(char c, boolean digits) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '_'
        || (digits && c >= '0' && c <= '9');
  }
}
