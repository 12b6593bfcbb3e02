package dev.mahavishnu.spec;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Splits a text at its expressions; knows of CEL just what hides a closing brace. */
final class TemplateScanner {
  static final String OPEN = "${{";
  private final String text;
  private final List<Template.Part> parts = new ArrayList<>();
  private final StringBuilder plain = new StringBuilder();

  TemplateScanner(String text) {
    this.text = text;
  }

  Template scan() {
    int at = 0;
    while (at < text.length()) {
      int dollar = text.indexOf('$', at);
      if (dollar < 0) {
        break;
      }
      plain.append(text, at, dollar);
      if (text.startsWith("$" + OPEN, dollar)) {
        plain.append(OPEN);
        at = dollar + 1 + OPEN.length();
      } else if (text.startsWith(OPEN, dollar)) {
        at = expression(dollar);
      } else {
        plain.append('$');
        at = dollar + 1;
      }
    }
    plain.append(text, at, text.length());
    flush();
    return new Template(parts);
  }

  private int expression(int open) {
    int start = open + OPEN.length();
    int end = new End(open, start).find();
    String source = text.substring(start, end);
    if (source.isBlank()) {
      throw TemplateException.at(open, "the expression is empty", "write $${{ for a plain ${{");
    }
    flush();
    parts.add(new Template.Part.Expression(source, start));
    return end + 2;
  }

  private void flush() {
    if (!plain.isEmpty()) {
      parts.add(new Template.Part.Text(plain.toString()));
      plain.setLength(0);
    }
  }

  /** Looks for the braces that close one expression. */
  private final class End {
    private final int open;
    private final int start;
    private final Deque<Integer> brackets = new ArrayDeque<>();
    private boolean comment;

    End(int open, int start) {
      this.open = open;
      this.start = start;
    }

    int find() {
      int at = start;
      while (at < text.length()) {
        char c = text.charAt(at);
        switch (c) {
          case '"', '\'' -> at = string(at);
          case '`' -> at = closing(at, "`");
          case '/' -> at = slash(at);
          case '(', '[', '{' -> brackets.push(at++);
          case ')', ']', '}' -> {
            if (c == '}' && brackets.isEmpty() && text.startsWith("}}", at)) {
              return at;
            }
            close(at++);
          }
          default -> at++;
        }
      }
      throw TemplateException.at(
          open,
          "`${{` is never closed with `}}`",
          comment ? "a `//` comment hides what follows on its line" : "write $${{ for a plain ${{");
    }

    private void close(int at) {
      if (brackets.isEmpty()) {
        throw TemplateException.at(at, "`" + text.charAt(at) + "` without its opening bracket", "");
      }
      int opened = brackets.pop();
      int expected = ")]}".charAt("([{".indexOf(text.charAt(opened)));
      if (expected != text.charAt(at)) {
        throw TemplateException.at(
            opened, "`" + text.charAt(opened) + "` is not closed in the expression", "");
      }
    }

    private int slash(int at) {
      if (!text.startsWith("//", at)) {
        return at + 1;
      }
      comment = true;
      int line = text.indexOf('\n', at);
      return line < 0 ? text.length() : line;
    }

    private int string(int at) {
      char quote = text.charAt(at);
      String triple = String.valueOf(quote).repeat(3);
      boolean raw = isRaw(at);
      if (text.startsWith(triple, at)) {
        return raw ? after(at, triple, at + 3) : escaped(at, triple, at + 3);
      }
      return raw ? closing(at, String.valueOf(quote)) : escaped(at, String.valueOf(quote), at + 1);
    }

    /** Whether the quote follows a prefix with an r, as in {@code r'\'} and {@code bR"\"}. */
    private boolean isRaw(int quote) {
      int from = quote;
      while (from > start && "rRbB".indexOf(text.charAt(from - 1)) >= 0) {
        from--;
      }
      String prefix = text.substring(from, quote);
      boolean word = from > start && isWordPart(text.charAt(from - 1));
      return prefix.length() <= 2
          && !word
          && prefix.toLowerCase(java.util.Locale.ROOT).contains("r");
    }

    private boolean isWordPart(char c) {
      return c == '_' || Character.isLetterOrDigit(c);
    }

    /** After a quoted piece of one line in which a backslash is nothing special. */
    private int closing(int at, String quote) {
      int after = after(at, quote, at + 1);
      if (text.substring(at, after).indexOf('\n') >= 0) {
        throw unclosed(at, quote);
      }
      return after;
    }

    private int after(int at, String quote, int from) {
      int end = text.indexOf(quote, from);
      if (end < 0) {
        throw unclosed(at, quote);
      }
      return end + quote.length();
    }

    private int escaped(int at, String quote, int from) {
      for (int i = from; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == '\\') {
          i++;
        } else if (c == '\n' && quote.length() == 1) {
          break;
        } else if (text.startsWith(quote, i)) {
          return i + quote.length();
        }
      }
      throw unclosed(at, quote);
    }

    private TemplateException unclosed(int at, String quote) {
      return TemplateException.at(at, quote + " is not closed in the expression", "");
    }
  }
}
