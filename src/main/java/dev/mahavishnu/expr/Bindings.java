package dev.mahavishnu.expr;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What the names of an expression stand for in one evaluation. Asked only for what the expression
 * names, when it is needed; values are never copied or walked.
 *
 * <p>A value declared {@code number} must be a floating-point node even where it is whole (3.0, not
 * 3), because whole numbers divide as integers.
 */
public interface Bindings {
  /** Value of {@code params.NAME}. */
  JsonNode parameter(String name);

  /** Value of {@code tasks.ID.output}; JSON null where there is none. */
  JsonNode output(String taskId);

  /** Value of {@code tasks.ID.state}: COMPLETED, FAILED, … */
  String state(String taskId);

  /** Value of {@code secrets.NAME}. */
  String secret(String name);

  /** Value of {@code item}; empty outside a mapped task. */
  Optional<JsonNode> item();

  /** Value of {@code index}, from 0; not asked where there is no item. */
  long index();

  /**
   * Value of {@code run}: an object with {@code id}, {@code flow} and {@code started}; in a
   * breakpoint's condition also {@code attempt}.
   */
  JsonNode run();
}
