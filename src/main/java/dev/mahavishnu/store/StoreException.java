package dev.mahavishnu.store;

/** What survives can't be read or written; the message is one line for people. */
public sealed class StoreException extends RuntimeException permits DamagedException {
  private static final long serialVersionUID = 1L;

  public StoreException(String message) {
    super(message);
  }

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
