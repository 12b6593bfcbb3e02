package dev.mahavishnu.plan.offline;

import java.util.Locale;

/**
 * A word, a quotation or a mark of a request.
 *
 * @param text what it says: of a quotation what is between the quotes, of others the characters
 * @param raw the characters as typed
 */
record Token(Kind kind, String text, String raw, Span span) {
  enum Kind {
    WORD,
    /** In single, double or typographic quotes. */
    QUOTED,
    /** In backquotes. */
    BACKQUOTED,
    /** From a bracket or brace to its match. */
    JSON,
    /** One of {@code , ; . : ! ?} or a line's end. */
    MARK,
    /** A quotation or bracket without an end. */
    BROKEN,
    /** A word that was not understood; stands for a keyword that is spelt like it. */
    MISSPELT,
    /** Words that were not understood; stand for any one thing while the rest is read. */
    SOME_THING,
    /** The same, standing for a keyword. */
    SOME_KEYWORD,
    END
  }

  /** A word in lower case; of anything else, nothing. */
  String word() {
    return kind == Kind.WORD ? text.toLowerCase(Locale.ROOT) : "";
  }

  boolean is(Kind other) {
    return kind == other;
  }

  boolean isMark(String marks) {
    return kind == Kind.MARK && marks.contains(text);
  }
}
