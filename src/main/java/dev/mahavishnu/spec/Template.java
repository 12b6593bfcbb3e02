package dev.mahavishnu.spec;

import java.util.List;

/**
 * A text split at its expressions. <code>${{</code> starts one, the first <code>}}</code> outside
 * brackets, strings, backquotes and comments ends it, and <code>$${{</code> stands for a literal
 * <code>${{</code>.
 */
public record Template(List<Part> parts) {
  public Template {
    parts = List.copyOf(parts);
  }

  /** A piece of a template, in order. */
  public sealed interface Part {
    /** Text as it is, escapes resolved. */
    record Text(String text) implements Part {}

    /**
     * An expression.
     *
     * @param source between the braces, as written
     * @param offset of {@code source} in the template's text
     */
    record Expression(String source, int offset) implements Part {}
  }

  /**
   * Splits a text.
   *
   * @throws TemplateException when an expression is empty or not closed
   */
  public static Template of(String text) {
    return new TemplateScanner(text).scan();
  }

  /** The expressions, in order. */
  public List<Part.Expression> expressions() {
    return parts.stream()
        .filter(Part.Expression.class::isInstance)
        .map(Part.Expression.class::cast)
        .toList();
  }

  /** Whether the whole text is one expression, so that its value keeps its type. */
  public boolean isWhole() {
    return parts.size() == 1 && parts.getFirst() instanceof Part.Expression;
  }
}
