package dev.mahavishnu.spec;

import java.util.function.Consumer;

/** A here-document: its delimiter, read where it is named, and its text, read after that line. */
final class ShellHeredoc {
  private final boolean stripsTabs;
  private final StringBuilder delimiter = new StringBuilder();
  private boolean quoted;

  ShellHeredoc(boolean stripsTabs) {
    this.stripsTabs = stripsTabs;
  }

  /** Reads the delimiter; false when it is not constant and plain, so that shells may differ. */
  boolean readDelimiter(ShellText text, Consumer<ShellFault> refuse) {
    while (text.peek() == ' ' || text.peek() == '\t') {
      text.take();
    }
    boolean plain = true;
    while (!text.atEnd() && (text.peek() < 0 || " \t\n;&|<>()".indexOf(text.peek()) < 0)) {
      if (ShellText.isExpression(text.peek())) {
        refuse.accept(ShellFault.HEREDOC);
        plain = false;
        continue;
      }
      char c = text.take();
      switch (c) {
        case '\'', '"' -> plain &= readQuoted(text, c);
        case '\\' -> {
          quoted = true;
          plain &= text.peek() >= 0 && text.peek() != '\n';
          if (text.peek() >= 0) {
            delimiter.append(text.take());
          }
        }
        case '$', '`' -> plain = false;
        default -> delimiter.append(c);
      }
    }
    return plain && !delimiter.isEmpty();
  }

  private boolean readQuoted(ShellText text, char quote) {
    quoted = true;
    boolean plain = true;
    while (text.peek() >= 0 && text.peek() != quote) {
      char c = text.take();
      plain &= c != '\\' && c != '$' && c != '`' && c != '\n';
      delimiter.append(c);
    }
    plain &= text.peek() == quote;
    text.take(1);
    return plain;
  }

  /** Reads the text up to and with the line of the delimiter. */
  void readBody(ShellText text, Consumer<ShellFault> refuse) {
    boolean joined = false;
    while (!text.atEnd()) {
      StringBuilder line = new StringBuilder();
      boolean constant = true;
      while (!text.atEnd() && text.peek() != '\n') {
        if (ShellText.isExpression(text.peek())) {
          refuse.accept(ShellFault.HEREDOC);
          constant = false;
        } else {
          line.append(text.take());
        }
      }
      text.take(1);
      String candidate = stripsTabs ? line.toString().replaceFirst("^\t+", "") : line.toString();
      if (constant && !joined && candidate.contentEquals(delimiter)) {
        return;
      }
      joined = !quoted && endsInBackslash(line);
    }
  }

  private static boolean endsInBackslash(CharSequence line) {
    int count = 0;
    while (count < line.length() && line.charAt(line.length() - 1 - count) == '\\') {
      count++;
    }
    return count % 2 == 1;
  }
}
