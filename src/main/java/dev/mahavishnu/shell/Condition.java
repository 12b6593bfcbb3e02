package dev.mahavishnu.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A question about a run: an expression, with {@code $name} for variables.
 *
 * @param run as it is named after {@code @}, may be {@code $name}; absent: the last one
 * @param expression as written
 * @param at offset of the expression in its statement
 */
record Condition(Optional<String> run, String expression, int at) {

  /** The one that stands in a statement between two offsets. */
  static Condition of(String statement, int from, int to) {
    int start = blank(statement, from, to);
    Optional<String> run = Optional.empty();
    if (start < to && statement.charAt(start) == '@') {
      int end = start;
      while (end < to && !Character.isWhitespace(statement.charAt(end))) {
        end++;
      }
      run = Optional.of(statement.substring(start + 1, end));
      start = blank(statement, end, to);
    }
    return new Condition(run, statement.substring(start, to).stripTrailing(), start);
  }

  private static int blank(String text, int from, int to) {
    int at = from;
    while (at < to && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** The variables that it names, in order; not within strings. */
  List<Variables.Use> uses() {
    List<Variables.Use> uses = new ArrayList<>();
    int i = 0;
    while (i < expression.length()) {
      char c = expression.charAt(i);
      if (c == '"' || c == '\'') {
        i = afterString(expression, i);
      } else if (c == '$' && Variables.Use.at(expression, i).isPresent()) {
        uses.add(Variables.Use.at(expression, i).get());
        i = uses.getLast().end();
      } else {
        i++;
      }
    }
    return uses;
  }

  /** Offset after the string that starts here, or the end. */
  static int afterString(String text, int from) {
    String mark = text.substring(from, from + 1);
    String quote = text.startsWith(mark.repeat(3), from) ? mark.repeat(3) : mark;
    boolean raw = from > 0 && "rR".indexOf(text.charAt(from - 1)) >= 0;
    int i = from + quote.length();
    while (i < text.length()) {
      if (text.startsWith(quote, i)) {
        return i + quote.length();
      }
      i += text.charAt(i) == '\\' && !raw ? 2 : 1;
    }
    return text.length();
  }

  /** The name that stands for a variable where the language of expressions knows no {@code $}. */
  static String standIn(String variable) {
    return "_" + variable;
  }

  /** The expression with {@link #standIn} for each variable; every offset stays. */
  String plain() {
    StringBuilder plain = new StringBuilder(expression);
    for (Variables.Use use : uses()) {
      String name = standIn(use.name());
      boolean braces = use.end() - use.start() > name.length();
      plain.replace(use.start(), use.end(), braces ? " " + name + " " : name);
    }
    return plain.toString();
  }
}
