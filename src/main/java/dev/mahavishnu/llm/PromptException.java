package dev.mahavishnu.llm;

/** A prompt can't be used: one line that says file, line and what is wrong. */
final class PromptException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PromptException(String message) {
    super(message);
  }
}
