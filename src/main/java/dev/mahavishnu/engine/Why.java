package dev.mahavishnu.engine;

import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.TaskKey;
import java.util.List;
import java.util.Optional;

/**
 * Why a task run is what it is.
 *
 * @param verdict {@code waits}, {@code ran}, {@code reused}, {@code skipped}, {@code set} or {@code
 *     did not run}
 * @param state absent: nothing became of it yet
 * @param compared the run whose results could have been taken over
 */
public record Why(
    TaskKey task,
    String verdict,
    Optional<State> state,
    Optional<RunId> compared,
    List<Because> because) {
  public Why {
    because = List.copyOf(because);
  }
}
