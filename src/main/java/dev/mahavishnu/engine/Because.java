package dev.mahavishnu.engine;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One reason for what became of a task run.
 *
 * @param kind {@code definition}, {@code file}, {@code parameter}, {@code output}, {@code secret},
 *     {@code asked}, {@code upstream}, {@code rule}, {@code state}, {@code stands}
 * @param name what it is about: a field, a file, a parameter, a task
 * @param text one line for people
 * @param before the value in the run that it is compared with; masked
 * @param after the value in this one; masked
 */
public record Because(
    String kind, String name, String text, Optional<JsonNode> before, Optional<JsonNode> after) {
  static Because of(String kind, String name, String text) {
    return new Because(kind, name, text, Optional.empty(), Optional.empty());
  }
}
