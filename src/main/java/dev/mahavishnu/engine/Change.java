package dev.mahavishnu.engine;

import dev.mahavishnu.run.TaskKey;
import dev.mahavishnu.spec.FlowSource;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** What a person changes of a run that stands. */
public sealed interface Change {
  /** In one line, for the record. */
  String text();

  /** A task has this output, as if it had completed with it. */
  record Output(TaskKey task, JsonNode value) implements Change {
    @Override
    public String text() {
      return "set tasks." + task + ".output";
    }
  }

  /** A task counts as ended. */
  record Mark(TaskKey task, As as) implements Change {
    /** How. */
    public enum As {
      COMPLETED,
      FAILED,
      SKIPPED;

      public String text() {
        return name().toLowerCase(Locale.ROOT);
      }
    }

    @Override
    public String text() {
      return as == As.SKIPPED ? "skip " + task : "mark " + task + " " + as.text();
    }
  }

  /** A task runs again, whatever it came to, and all that depends on it. */
  record Again(TaskKey task) implements Change {
    @Override
    public String text() {
      return "again " + task;
    }
  }

  /**
   * The flow is another one from here on.
   *
   * @param what which part of it, in a word or two
   */
  record Edit(FlowSource source, String what) implements Change {
    @Override
    public String text() {
      return "edit " + what;
    }
  }
}
