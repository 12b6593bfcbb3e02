package dev.mahavishnu.plan.offline;

/** When a step runs, as the person wrote it. */
sealed interface Condition {
  Span span();

  /** {@code the output of check is "ok"}; {@code operator} is the expression language's. */
  record Compare(Value left, String operator, Value right, Span span) implements Condition {}

  /** {@code load fails}, {@code load succeeds}. */
  record Ended(Name step, boolean failed, Span span) implements Condition {}

  /** An expression in backquotes. */
  record Expression(String source, Span span) implements Condition {}
}
