package dev.mahavishnu.spec;

import tools.jackson.databind.node.ObjectNode;

/**
 * A task kind that a jar adds, found by {@link java.util.ServiceLoader}; its runner is found the
 * same way by the engine.
 */
public interface TaskKind {
  /** The {@code type} in a spec: a lower-case word that no built-in kind has. */
  String type();

  /** One line for the schema and for completion. */
  String description();

  /**
   * JSON Schema of the kind's own fields: an {@code object} schema with {@code properties} and
   * {@code required}; any other field is refused.
   */
  ObjectNode schema();
}
