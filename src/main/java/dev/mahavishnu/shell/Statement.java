package dev.mahavishnu.shell;

/**
 * One thing that a person said: a line, lines joined by {@code \} or an open quote, or a pasted
 * flow.
 *
 * @param line where it starts, from 1
 * @param text without the line end; a pasted flow has several lines
 * @param form what the lexer saw that it is
 */
record Statement(int line, String text, Form form) {

  /** What a statement looks like from outside. */
  enum Form {
    /** Words. */
    LINE,
    /** A flow as YAML or JSON. */
    SPEC
  }
}
