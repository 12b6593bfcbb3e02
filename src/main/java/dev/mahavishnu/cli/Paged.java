package dev.mahavishnu.cli;

/** A command whose text may be longer than a screen. */
interface Paged {
  /** Whether it is text for people, and ends by itself, as it was called. */
  boolean isPaged();
}
