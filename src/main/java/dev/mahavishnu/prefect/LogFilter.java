package dev.mahavishnu.prefect;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Which lines of logs to take: those that fit every condition. */
public final class LogFilter {
  public static final LogFilter ALL = new LogFilter(Fields.NONE);

  private final Fields fields;

  private LogFilter(Fields fields) {
    this.fields = fields;
  }

  public LogFilter flowRuns(UUID... ids) {
    return new LogFilter(fields.within(List.of(ids), "flow_run_id", "any_"));
  }

  public LogFilter taskRuns(UUID... ids) {
    return new LogFilter(fields.within(List.of(ids), "task_run_id", "any_"));
  }

  /** That level and above. */
  public LogFilter from(int level) {
    return new LogFilter(fields.within(level, "level", "ge_"));
  }

  /** At that time or later. */
  public LogFilter since(Instant time) {
    return new LogFilter(fields.within(time, "timestamp", "after_"));
  }

  ObjectNode json() {
    return fields.json();
  }
}
