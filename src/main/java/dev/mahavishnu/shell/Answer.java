package dev.mahavishnu.shell;

/** What a person says to a question with choices. */
sealed interface Answer {
  /** One of the choices. */
  record Choice(int index) implements Answer {}

  /** Something else, in their own words. */
  record Words(String text) implements Answer {}
}
