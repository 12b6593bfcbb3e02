package dev.mahavishnu.plan.offline;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A value as the person wrote it; what a name stands for is found out later. */
sealed interface Value {
  Span span();

  /** Itself. */
  record Literal(JsonNode value, Span span) implements Value {}

  /** {@code region}: the item of a for-each, or a parameter. */
  record Named(Name name) implements Value {
    @Override
    public Span span() {
      return name.span();
    }
  }

  /** {@code the parameter day}. */
  record ParameterOf(Name name, Span span) implements Value {}

  /** {@code the output of extract}, {@code the rows of extract}. */
  record OutputOf(Name step, Optional<String> field, Span span) implements Value {}

  /** {@code the secret API_TOKEN}. */
  record SecretOf(Name name, Span span) implements Value {}

  /** An expression in backquotes. */
  record Expression(String source, Span span) implements Value {}
}
