package dev.mahavishnu.shell;

/** With what a shell begins. */
public sealed interface Beginning {
  /** With the draft that a shell which was killed left, if any. */
  record Fresh() implements Beginning {}

  /** With what was said in the newest session of the workspace. */
  record Newest() implements Beginning {}

  /** With what was said in one that the person chooses. */
  record Chosen() implements Beginning {}

  /** With what was said in this session. */
  record Of(String id) implements Beginning {}
}
