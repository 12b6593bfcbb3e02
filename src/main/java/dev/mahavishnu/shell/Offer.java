package dev.mahavishnu.shell;

/**
 * A word that may stand where the cursor is.
 *
 * @param description a few words, may be empty
 * @param whole whether a blank may follow
 */
record Offer(String text, String description, boolean whole) {
  Offer(String text, String description) {
    this(text, description, true);
  }

  Offer behind(String prefix) {
    return new Offer(prefix + text, description, whole);
  }
}
