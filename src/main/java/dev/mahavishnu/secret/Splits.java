package dev.mahavishnu.secret;

/**
 * Finds words that are broken up: by anything that is neither letter nor digit, and at line ends by
 * what the lines of a log start with. Reads a text once; reads one text after the other as the
 * lines of a stream. For one thread.
 */
final class Splits {
  private final Window whole = new Window();

  /** Without what lines start with. */
  private final Window trimmed = new Window();

  /** Whether the two differ in what they remember. */
  private boolean apart;

  private int readSinceStart;

  private String above = "";
  private int lengthAbove;

  /** Adds what is found in a text; the next one is its next line. */
  void find(String text, Fragments known, Spans spans) {
    int line = 0;
    int from = start(above, 0, above.length(), text, 0);
    whole.next(lengthAbove, 0);
    trimmed.next(lengthAbove, from);
    int seen = 0;
    for (int at = Symbols.next(text, 0); at < text.length(); at = Symbols.next(text, at + 1)) {
      int next = lineBetween(text, seen, at);
      if (next >= 0) {
        from = start(text, line, next, text, next);
        line = next;
      }
      seen = at + 1;
      int symbol = Symbols.of(text.charAt(at));
      whole.read(symbol, at, known, spans);
      if (apart && at >= from) {
        trimmed.read(symbol, at, known, spans);
        readSinceStart++;
        apart = readSinceStart < Fragments.SIZE || trimmed.isRunning();
      }
    }
    above = text.substring(line, Math.min(text.length(), line + LineStart.LONGEST));
    lengthAbove = text.length() + 1;
  }

  /** Where the last line starts that starts between two symbols, in a JSON text too; or -1. */
  private static int lineBetween(String text, int from, int to) {
    for (int at = to - 1; at >= from; at--) {
      char c = text.charAt(at);
      if (c == '\n' || (c == 'n' && at > from && text.charAt(at - 1) == '\\')) {
        return at + 1;
      }
    }
    return -1;
  }

  /** Sets out with a line, and says where its own text starts. */
  private int start(String upper, int top, int topEnd, String text, int line) {
    int end = LineStart.end(upper, top, topEnd, text, line);
    if (Symbols.next(text, line) < end) {
      if (!apart) {
        trimmed.copy(whole);
        apart = true;
      }
      readSinceStart = 0;
    }
    return end;
  }
}
