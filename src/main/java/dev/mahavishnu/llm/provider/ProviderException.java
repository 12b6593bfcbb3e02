package dev.mahavishnu.llm.provider;

/** A provider can't be reached, or refused: one line with its own words, and what to do. */
public final class ProviderException extends Exception {
  ProviderException(String line) {
    super(line);
  }

  /** The line; never holds a key. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
