package dev.mahavishnu.shell;

/**
 * One thing that a person said: a line, lines joined by {@code \} or an open quote, a pasted flow,
 * or an {@code if} with all that belongs to it.
 *
 * @param line where it starts, from 1
 * @param text without the line end; a pasted flow and a block have several lines
 * @param form what the lexer saw that it is
 * @param column where it starts in its line, from 1
 */
record Statement(int line, String text, Form form, int column) {

  /** What a statement looks like from outside. */
  enum Form {
    /** Words. */
    LINE,
    /** A flow as YAML or JSON. */
    SPEC,
    /** An {@code if} up to its {@code end}, or to where the text ends without one. */
    BLOCK
  }

  /** One that starts its line. */
  Statement(int line, String text, Form form) {
    this(line, text, form, 1);
  }

  /** Other words in its place. */
  Statement with(String words) {
    return new Statement(line, words, form, column);
  }

  /** A part of it that is a statement itself. */
  Statement part(ScriptLine.Part part) {
    return new Statement(line, part.text(), Form.LINE, column + part.at());
  }

  /** The same, so many lines further down. */
  Statement below(int lines) {
    return new Statement(line + lines, text, form, column);
  }
}
