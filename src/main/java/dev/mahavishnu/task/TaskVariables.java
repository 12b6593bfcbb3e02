package dev.mahavishnu.task;

import dev.mahavishnu.engine.AttemptContext;
import dev.mahavishnu.engine.TaskException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The variables that every process of a task finds in its environment. */
final class TaskVariables {
  static final String OUTPUT = "MAHAVISHNU_OUTPUT";

  private TaskVariables() {}

  /**
   * The task's own {@code env}, and ours.
   *
   * @param output file where the program may leave its output
   * @param progress file to which it may append how far it is
   */
  static Map<String, String> of(AttemptContext context, Path output, Path progress)
      throws TaskException {
    Map<String, String> ours =
        Map.of(
            "MAHAVISHNU_RUN",
            context.run().text(),
            "MAHAVISHNU_TASK",
            context.task().text(),
            Family.MARK,
            context.mark(),
            "MAHAVISHNU_IDEMPOTENCY_KEY",
            context.idempotencyKey(),
            OUTPUT,
            output.toString(),
            ProgressReports.FILE,
            progress.toString());
    Map<String, String> variables = new LinkedHashMap<>(context.environment());
    for (String name : ours.keySet()) {
      if (variables.containsKey(name)) {
        throw new TaskException("env " + name + " is set by Mahavishnu itself", false);
      }
    }
    variables.putAll(ours);
    return variables;
  }
}
