package dev.mahavishnu.eval;

import dev.mahavishnu.plan.Usage;
import java.time.Duration;

/**
 * What came of one turn.
 *
 * @param turn from 1
 * @param proposal in a few words or, of a flow, its YAML
 * @param repairs how often the planner sent its reply back to the model
 */
record Result(
    Case of,
    int turn,
    String says,
    Verdict verdict,
    String proposal,
    int repairs,
    Usage usage,
    Duration time) {

  String name() {
    return of + (of.steps().size() > 1 ? " (" + turn + ")" : "");
  }
}
