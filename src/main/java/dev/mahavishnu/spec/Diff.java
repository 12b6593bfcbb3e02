package dev.mahavishnu.spec;

import java.util.List;
import java.util.Optional;

/** One difference between two flows. Texts before and after are YAML. */
public sealed interface Diff {
  /** Id of the task that it is about; empty: the flow itself. */
  default String about() {
    return switch (this) {
      case FlowField _ -> "";
      case TaskAdded d -> d.task().id();
      case TaskRemoved d -> d.task().id();
      case TaskMoved d -> d.id();
      case TaskField d -> d.id();
    };
  }

  /** A field of the flow itself changed; empty where it is not set. */
  record FlowField(String field, Optional<String> before, Optional<String> after) implements Diff {}

  /** A task is new. */
  record TaskAdded(Task task, boolean onFailure) implements Diff {}

  /** A task is gone. */
  record TaskRemoved(Task task, boolean onFailure) implements Diff {}

  /**
   * A task stands elsewhere among the others, or went to or from the failure handlers.
   *
   * @param after the task that it now follows; empty: it is the first
   */
  record TaskMoved(String id, boolean onFailure, Optional<String> after) implements Diff {}

  /** A field of a task changed; empty where it is not set. */
  record TaskField(String id, String field, Optional<String> before, Optional<String> after)
      implements Diff {}

  /**
   * What makes one flow into the other: fields of the flow first, then the tasks as they stand in
   * {@code after}, then those removed. Empty when the flows are equal.
   */
  static List<Diff> between(Flow before, Flow after) {
    return new Differences(before, after).find();
  }
}
