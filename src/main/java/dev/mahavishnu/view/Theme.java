package dev.mahavishnu.view;

/** The colours that suit a terminal. */
public enum Theme {
  /** For a dark background. */
  DARK,
  /** For a light one, on which yellow and cyan can't be read. */
  LIGHT,
  /** Bold, dim and underlined text, and no colour. */
  MONO
}
