package dev.mahavishnu.plan;

/** What kind of request a text is, before any planner reads it. */
public sealed interface Intent {
  /** The text as typed. */
  String text();

  /** Words for a planner. */
  record Sentence(String text) implements Intent {}

  /** A flow, written or pasted as YAML or JSON: it is read, not planned. */
  record Spec(String text) implements Intent {}
}
