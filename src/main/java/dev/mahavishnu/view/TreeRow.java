package dev.mahavishnu.view;

import dev.mahavishnu.run.MapFold;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.TaskFold;
import java.time.Instant;
import java.util.Optional;

/**
 * A row of the tree: a task, an item of a mapped task, or a task of a subflow.
 *
 * @param parent index of the row it stands under, or -1
 * @param state as it is now
 * @param fold absent before its first event
 */
record TreeRow(
    int parent,
    int depth,
    String name,
    State state,
    Optional<TaskFold> fold,
    Optional<MapFold> map) {

  Instant since() {
    return fold.map(TaskFold::since).orElse(Instant.EPOCH);
  }

  /** How much it deserves one of few lines; the lowest most. */
  int rank() {
    return switch (state) {
      case State.Failed f -> f.how() == State.Failed.How.UPSTREAM ? 5 : 0;
      case State.Crashed _, State.Paused _, State.Cancelling _ -> 0;
      case State.Running _ -> depth == 0 ? 1 : 2;
      case State.Scheduled _ -> 2;
      case State.Pending _ -> 4;
      case State.Completed _, State.Cancelled _ -> 3;
    };
  }

  /** One word for the line that counts what is not shown. */
  String word() {
    return switch (state) {
      case State.Completed c ->
          switch (c.how()) {
            case DONE -> "completed";
            case CACHED -> "cached";
            case SKIPPED -> "skipped";
          };
      case State.Failed f -> f.how() == State.Failed.How.UPSTREAM ? "not run" : "failed";
      case State.Crashed _ -> "crashed";
      case State.Cancelled _ -> "cancelled";
      case State.Running _ -> "running";
      case State.Paused _ -> "paused";
      case State.Cancelling _ -> "cancelling";
      case State.Scheduled _, State.Pending _ -> "waiting";
    };
  }
}
