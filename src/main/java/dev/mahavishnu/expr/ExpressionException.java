package dev.mahavishnu.expr;

/** An expression has no value; the message is one line for people and holds no values. */
public final class ExpressionException extends Exception {
  private static final long serialVersionUID = 1L;
  private final String message;
  private final int offset;

  ExpressionException(String message, int offset) {
    super(message);
    this.message = message;
    this.offset = offset;
  }

  @Override
  public String getMessage() {
    return message;
  }

  /** Of the character in the expression where it went wrong, from 0. */
  public int offset() {
    return offset;
  }
}
