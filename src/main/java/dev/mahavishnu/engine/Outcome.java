package dev.mahavishnu.engine;

import tools.jackson.databind.JsonNode;

/** How an attempt ended. */
public sealed interface Outcome {
  /** It did what it should. */
  record Succeeded(JsonNode output) implements Outcome {}

  /**
   * It did not.
   *
   * @param message one line for people: what happened, and what to do where that is known
   * @param retryable false where another attempt can't end otherwise
   */
  record Failed(String message, boolean retryable) implements Outcome {
    public static Failed of(String message) {
      return new Failed(message, true);
    }
  }
}
