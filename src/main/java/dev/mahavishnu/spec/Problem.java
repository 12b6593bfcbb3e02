package dev.mahavishnu.spec;

/**
 * What is wrong with a spec, where, and what to do.
 *
 * @param file as the person named it; {@code <request>} for text without a file
 * @param message one line, without the position
 * @param hint what to do, may be empty: "did you mean `extract`?"
 */
public record Problem(String file, Position at, String message, String hint) {

  /** {@code file:line:column: message; hint}. */
  public String text() {
    return file
        + ":"
        + at.line()
        + ":"
        + at.column()
        + ": "
        + message
        + (hint.isEmpty() ? "" : "; " + hint);
  }
}
