package dev.mahavishnu.engine;

/** A run can't be started, resumed or commanded; the message is one line for people. */
public final class EngineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public EngineException(String message) {
    super(message);
  }
}
