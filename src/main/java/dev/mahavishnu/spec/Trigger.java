package dev.mahavishnu.spec;

import java.util.List;
import java.util.Locale;

/**
 * A flow runs when a run of another one has ended.
 *
 * @param after name of the other flow
 * @param state the ends that count
 * @param parameters what the run gets, with expressions over the run that ended: {@code
 *     run.outputs}, {@code run.params}, {@code run.state}. A parameter that is not named here takes
 *     the output of its name, where there is one of its type
 */
public record Trigger(String after, Ending state, List<NamedValue> parameters) {
  public Trigger {
    parameters = List.copyOf(parameters);
  }

  /** How a run ended. */
  public enum Ending {
    COMPLETED,
    FAILED,
    CRASHED,
    CANCELLED,
    /** In whichever way. */
    ANY;

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
