package dev.mahavishnu.spec;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A command as a row of symbols, each a character or a whole expression, read from left to right.
 * Keeps what was read as the script, so that only the places of expressions differ from the text.
 */
final class ShellText {
  static final int END = -1;

  /** Expression n is the symbol {@code EXPRESSION - n}. */
  private static final int EXPRESSION = -2;

  private final int[] symbols;
  private final List<Template.Part.Expression> expressions;
  private final StringBuilder script = new StringBuilder();
  private int at;

  ShellText(Template template) {
    expressions = template.expressions();
    IntStream.Builder row = IntStream.builder();
    int n = 0;
    for (Template.Part part : template.parts()) {
      switch (part) {
        case Template.Part.Text(String text) -> text.chars().forEach(row::add);
        case Template.Part.Expression _ -> row.add(EXPRESSION - n++);
      }
    }
    symbols = row.build().toArray();
  }

  boolean atEnd() {
    return at >= symbols.length;
  }

  /** The next symbol, or {@link #END}. */
  int peek() {
    return peek(0);
  }

  /** The symbol {@code ahead} of the next one, or {@link #END}. */
  int peek(int ahead) {
    return at + ahead < symbols.length ? symbols[at + ahead] : END;
  }

  boolean startsWith(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (peek(i) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  static boolean isExpression(int symbol) {
    return symbol <= EXPRESSION;
  }

  /** Takes the next symbol, a character, into the script as it is. */
  char take() {
    char c = (char) symbols[at++];
    script.append(c);
    return c;
  }

  /** The last character taken; a blank at the start. */
  char last() {
    return script.isEmpty() ? ' ' : script.charAt(script.length() - 1);
  }

  /** Takes so many characters into the script. */
  void take(int count) {
    for (int i = 0; i < count && !atEnd() && !isExpression(peek()); i++) {
      take();
    }
  }

  /** Takes the next symbol, an expression, into the script as its variable. */
  Template.Part.Expression takeExpression(boolean quoted) {
    int n = EXPRESSION - symbols[at++];
    String name = ShellScript.variable(n + 1);
    script.append(quoted ? "${" + name + "}" : "\"$" + name + "\"");
    return expressions.get(n);
  }

  ShellScript result() {
    return new ShellScript(script.toString(), expressions);
  }
}
