package dev.mahavishnu.secret;

/**
 * The letters and digits of a text as small numbers, in one case: what is left of a secret however
 * it is broken up. Letters beyond ASCII share a few numbers, which makes no match of eight any
 * likelier.
 */
final class Symbols {
  /** Bits of a symbol; 0 is none, so that an empty history equals no word. */
  static final int BITS = 6;

  private static final int DIGITS = 27;
  private static final int OTHERS = 37;
  private static final byte[] ASCII = new byte[128];

  static {
    for (int i = 0; i < 26; i++) {
      ASCII['a' + i] = (byte) (1 + i);
      ASCII['A' + i] = (byte) (1 + i);
    }
    for (int i = 0; i < 10; i++) {
      ASCII['0' + i] = (byte) (DIGITS + i);
    }
  }

  private Symbols() {}

  /** The number of a character, 0 for what is neither letter nor digit. */
  static int of(char c) {
    if (c < 128) {
      return ASCII[c];
    }
    if (!Character.isLetterOrDigit(c)) {
      return 0;
    }
    return OTHERS + Character.toLowerCase(c) % (64 - OTHERS);
  }

  /** Those of a whole text, a character each. */
  static String of(String text) {
    StringBuilder symbols = new StringBuilder();
    for (int at = next(text, 0); at < text.length(); at = next(text, at + 1)) {
      symbols.append((char) of(text.charAt(at)));
    }
    return symbols.toString();
  }

  /**
   * Where the next letter or digit is that counts, from here on; the text's length if none. Not
   * counted are the letters of what programming languages put between the parts of a value: of
   * {@code \n} and {@code \x}, {@code 0x}, {@code b"…"}, of the colours of a terminal.
   */
  static int next(String text, int from) {
    int at = from;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (of(c) == 0) {
        at = afterSeparator(text, at, c);
      } else if (startsWord(text, at) && marksLiteral(text, at, c)) {
        at += c == '0' ? 2 : 1;
      } else {
        return at;
      }
    }
    return at;
  }

  private static int afterSeparator(String text, int at, char c) {
    if (c == '\\' && at + 1 < text.length() && "nrtbfvxuU".indexOf(text.charAt(at + 1)) >= 0) {
      return at + 2;
    }
    return c == '\u001b' ? afterColour(text, at + 1) : at + 1;
  }

  private static int afterColour(String text, int from) {
    int end = Math.min(text.length(), from + 24);
    if (from == end || text.charAt(from) != '[') {
      return from;
    }
    int at = from + 1;
    while (at < end && text.charAt(at) < '@') {
      at++;
    }
    return at < end ? at + 1 : from;
  }

  private static boolean startsWord(String text, int at) {
    return at == 0 || of(text.charAt(at - 1)) == 0;
  }

  /** Only where no letter of a secret stands: {@code 0x61,} and {@code + b'…'}, not {@code 'b'}. */
  private static boolean marksLiteral(String text, int at, char c) {
    if (at + 2 >= text.length()) {
      return false;
    }
    char then = text.charAt(at + 1);
    if (c == '0') {
      int end = at + 2;
      while (end < text.length() && Character.digit(text.charAt(end), 16) >= 0 && end < at + 5) {
        end++;
      }
      boolean number = end == text.length() || of(text.charAt(end)) == 0;
      return (then == 'x' || then == 'X') && number && end > at + 2 && end <= at + 4;
    }
    return (then == '"' || then == '\'')
        && "bBfFrRuU".indexOf(c) >= 0
        && " \t\r\n\"',;)]}+".indexOf(text.charAt(at + 2)) < 0
        && (at == 0 || " \t\n([{,+=:".indexOf(text.charAt(at - 1)) >= 0);
  }
}
