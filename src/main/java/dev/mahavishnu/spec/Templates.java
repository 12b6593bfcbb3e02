package dev.mahavishnu.spec;

import tools.jackson.databind.JsonNode;

/** Small questions about texts that may hold expressions. */
final class Templates {
  private Templates() {}

  /** Whether any text in the value holds an expression. */
  static boolean anyIn(JsonNode value) {
    return value.isString()
        ? value.stringValue().contains(TemplateScanner.OPEN)
        : value.valueStream().anyMatch(Templates::anyIn);
  }

  /** Whether the text is one expression and nothing else; broken ones count, others say why. */
  static boolean isWhole(String text) {
    try {
      return Template.of(text).isWhole();
    } catch (TemplateException e) {
      return true;
    }
  }
}
