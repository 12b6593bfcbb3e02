package dev.mahavishnu.plan.offline;

import dev.mahavishnu.plan.offline.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Cuts a request into tokens. Every character that is not white space belongs to one of them. */
final class Lexer {
  private static final String MARKS = ".,;:!?";
  private static final String OPENING = "\"'`“";
  private static final String CLOSING = "\"'`”";

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(String text) {
    this.text = text;
  }

  /** The tokens of a text, the last of them {@link Kind#END}. */
  static List<Token> tokens(String text) {
    return new Lexer(text).read();
  }

  private List<Token> read() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\n') {
        add(Kind.MARK, "\n", at, at + 1);
      } else if (Character.isWhitespace(c)) {
        at++;
      } else if (OPENING.indexOf(c) >= 0) {
        quotation(c);
      } else if (c == '{' || c == '[') {
        json();
      } else if (MARKS.indexOf(c) >= 0 && markAlone()) {
        add(Kind.MARK, String.valueOf(c), at, at + 1);
      } else {
        word();
      }
    }
    add(Kind.END, "", text.length(), text.length());
    return tokens;
  }

  private void add(Kind kind, String says, int start, int end) {
    tokens.add(new Token(kind, says, text.substring(start, end), new Span(start, end)));
    at = end;
  }

  /** A dot starts {@code ./a.sh}, but stands alone before white space. */
  private boolean markAlone() {
    return text.charAt(at) == ';'
        || text.charAt(at) == ','
        || at + 1 == text.length()
        || Character.isWhitespace(text.charAt(at + 1))
        || (MARKS.indexOf(text.charAt(at + 1)) >= 0 && text.charAt(at + 1) != '.');
  }

  private void quotation(char open) {
    char close = CLOSING.charAt(OPENING.indexOf(open));
    int end = closing(at, close);
    if (end < 0) {
      broken();
      return;
    }
    String says = text.substring(at + 1, end);
    if (open == '"') {
      says = says.replace("\\\"", "\"");
    }
    add(open == '`' ? Kind.BACKQUOTED : Kind.QUOTED, says, at, end + 1);
  }

  /** Where the quotation that opens at {@code open} ends; -1 where it doesn't. */
  private int closing(int open, char close) {
    for (int i = open + 1; i < text.length(); i++) {
      if (text.charAt(i) == close) {
        return i;
      }
      if (close == '"' && text.charAt(i) == '\\') {
        i++;
      }
    }
    return -1;
  }

  private void json() {
    int depth = 0;
    for (int i = at; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        i = closing(i, '"');
        if (i < 0) {
          break;
        }
      } else if (c == '{' || c == '[') {
        depth++;
      } else if ((c == '}' || c == ']') && --depth == 0) {
        add(Kind.JSON, text.substring(at, i + 1), at, i + 1);
        return;
      }
    }
    broken();
  }

  private void broken() {
    int end = text.stripTrailing().length();
    add(Kind.BROKEN, text.substring(at, end), at, end);
  }

  /** A word goes on to white space; an expression or a quoted value in it may hold white space. */
  private void word() {
    int end = at;
    while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
      char c = text.charAt(end);
      if (c == ';') {
        break;
      }
      int close = end;
      if (text.startsWith("${{", end)) {
        close = text.indexOf("}}", end) + 1;
      } else if (c == '=' && end + 1 < text.length() && "\"'".indexOf(text.charAt(end + 1)) >= 0) {
        close = closing(end + 1, text.charAt(end + 1));
      }
      if (close < end) {
        broken();
        return;
      }
      end = close + 1;
    }
    while (end > at + 1 && MARKS.indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    add(Kind.WORD, text.substring(at, end).replace('’', '\''), at, end);
  }
}
