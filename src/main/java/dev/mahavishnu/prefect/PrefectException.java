package dev.mahavishnu.prefect;

/** A flow can't run on Prefect; the message is one line for people, with what to do. */
public final class PrefectException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PrefectException(String message) {
    super(message);
  }
}
