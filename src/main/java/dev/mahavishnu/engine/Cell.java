package dev.mahavishnu.engine;

import dev.mahavishnu.run.TaskKey;
import java.time.Instant;

/** A task run that is under way: a whole task, or an item of a mapped one. */
final class Cell {
  /** Where it stands. */
  enum Phase {
    EVALUATING,
    QUEUED,
    PREPARING,
    RUNNING,
    RETRYING,
    NESTED,
    ASKING
  }

  final TaskBoard task;
  final TaskKey key;
  Phase phase = Phase.QUEUED;
  int attempt = 1;

  /** Whether it is being stopped. */
  boolean stopping;

  /** When its next attempt is due, while it is RETRYING. */
  Instant due = Instant.EPOCH;

  /** When it came to what the journal tells of it. */
  Instant since = Instant.EPOCH;

  /** Whether it ran when the process that ran it died. */
  boolean crashed;

  Cell(TaskBoard task, TaskKey key) {
    this.task = task;
    this.key = key;
  }

  /** Whether it takes one of the run's places. */
  boolean active() {
    return phase == Phase.PREPARING || phase == Phase.RUNNING;
  }
}
