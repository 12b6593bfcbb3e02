package dev.mahavishnu.view.graph;

import dev.mahavishnu.run.State;
import java.time.Duration;
import java.util.Optional;

/**
 * How a task of a run stands.
 *
 * @param state as it is now
 * @param attempt 0 where nothing was attempted
 * @param took since its first attempt began, until it ended or until now
 */
record Standing(State state, int attempt, Optional<Duration> took) {}
