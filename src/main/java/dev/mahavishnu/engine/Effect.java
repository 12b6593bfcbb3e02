package dev.mahavishnu.engine;

import dev.mahavishnu.run.TaskKey;
import java.time.Instant;

/** What the decider wants done, after its events are in the journal. */
sealed interface Effect {
  /** Evaluate {@code when} and {@code map} of a whole task, or what a cell nests or asks. */
  record Evaluate(TaskKey task, Stage stage) implements Effect {}

  /** Which of a task's expressions are due. */
  enum Stage {
    /** {@code when} and {@code map}, once a task. */
    TASK,
    /** The subflow or the question, once an item. */
    CELL
  }

  /** Evaluate the inputs, look for a reusable output, and bring the attempt to its gate. */
  record Prepare(TaskKey task, int attempt) implements Effect {}

  /** Open the gate of a prepared attempt. */
  record Go(TaskKey task, int attempt) implements Effect {}

  /** Prepare and go at once: for work that can be done twice. */
  record Start(TaskKey task, int attempt) implements Effect {}

  /** Stop the attempt and whatever it started. */
  record Stop(TaskKey task, int attempt) implements Effect {}

  /** Evaluate a flow's outputs. */
  record Return(String scope) implements Effect {}

  /** Ring at this time. */
  record Ring(Instant at, Stimulus.Timer timer) implements Effect {}

  /** Nothing more to do in this process. */
  record Release() implements Effect {}
}
