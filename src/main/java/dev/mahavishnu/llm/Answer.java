package dev.mahavishnu.llm;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a model's reply says: read, not yet checked. */
sealed interface Answer {
  /**
   * A whole flow.
   *
   * @param flow its spec, in the common form
   */
  record Whole(JsonNode flow, List<Citation> because) implements Answer {
    public Whole {
      because = List.copyOf(because);
    }
  }

  /** Changes of the draft. */
  record Changes(List<Edit> edits, List<Citation> because) implements Answer {
    public Changes {
      edits = List.copyOf(edits);
      because = List.copyOf(because);
    }
  }

  /** A question to the person. */
  record Asks(String text, List<String> choices) implements Answer {
    public Asks {
      choices = List.copyOf(choices);
    }
  }

  /** It can't be done. */
  record Refuses(String reason) implements Answer {}

  /** A question about runs, which our own code answers. */
  record Reports(ObjectNode query) implements Answer {}

  /**
   * Why something changes.
   *
   * @param touches a task, or a field as {@code task.field} or {@code flow.field}
   * @param words what the person said
   */
  record Citation(String touches, String words) {}

  /** One change of the draft. */
  sealed interface Edit {
    /**
     * A field gets a value.
     *
     * @param task empty: the flow itself
     * @param value as the model wrote it
     */
    record Put(String task, String field, JsonNode value) implements Edit {}

    /** A field is not set any more. */
    record Drop(String task, String field) implements Edit {}

    /**
     * A task is new.
     *
     * @param after the task before it; empty: it is the last
     */
    record Add(JsonNode task, String after, boolean onFailure) implements Edit {}

    /** A task goes. */
    record Remove(String task) implements Edit {}

    /**
     * A task goes elsewhere.
     *
     * @param after the task before it; empty: it is the first
     */
    record Move(String task, String after, boolean onFailure) implements Edit {}
  }
}
