package dev.mahavishnu.engine;

/** An attempt can't start or go on; the message is one line for people. */
public final class TaskException extends Exception {
  private static final long serialVersionUID = 1L;
  private final boolean retryable;

  public TaskException(String message, boolean retryable) {
    super(message);
    this.retryable = retryable;
  }

  /** The message, which is always there. */
  public String reason() {
    return String.valueOf(getMessage());
  }

  /** Whether another attempt could end otherwise. */
  public boolean retryable() {
    return retryable;
  }
}
