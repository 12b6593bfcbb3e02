package dev.mahavishnu.engine;

import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.State;
import dev.mahavishnu.spec.Diff;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What is not the same in two runs.
 *
 * @param spec how the flow of the second one differs
 * @param parameters those with other values
 * @param tasks all of either flow, in the order of the second one
 */
public record Comparison(
    RunId one, RunId other, List<Diff> spec, List<Values> parameters, List<Tasks> tasks) {
  public Comparison {
    spec = List.copyOf(spec);
    parameters = List.copyOf(parameters);
    tasks = List.copyOf(tasks);
  }

  /** Two values of the same name; masked. Absent where there is none. */
  public record Values(String name, Optional<JsonNode> before, Optional<JsonNode> after) {
    boolean differ() {
      return !before.equals(after);
    }
  }

  /**
   * A task in both runs.
   *
   * @param inputs what it refers to that has other values
   * @param output where it is another one
   */
  public record Tasks(
      String task,
      Optional<Side> before,
      Optional<Side> after,
      List<Values> inputs,
      Optional<Values> output) {
    public Tasks {
      inputs = List.copyOf(inputs);
    }

    /** Whether it came to another state, or by another way to it, or to something else. */
    public boolean differs() {
      return !before
              .map(Side::state)
              .map(State::name)
              .equals(after.map(Side::state).map(State::name))
          || !inputs.isEmpty()
          || output.isPresent();
    }
  }

  /**
   * A task in one run.
   *
   * @param took from the start of its first attempt to its end
   */
  public record Side(State state, int attempt, Optional<Duration> took) {}
}
