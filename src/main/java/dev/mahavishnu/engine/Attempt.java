package dev.mahavishnu.engine;

import dev.mahavishnu.run.Child;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One attempt of a task, ready to go. The engine calls {@link #run} once and may call stop. */
public interface Attempt {
  /** The process that stands at the gate, to be journaled before {@link #run}. */
  Optional<Child> child();

  /** Does the work; called on a thread of its own, after the child is journaled. */
  Outcome run();

  /**
   * Stops the work from another thread, so that {@link #run} returns: asks politely, and after
   * {@code grace} kills. Also for an attempt whose {@link #run} was never called.
   *
   * @return the pids of what could not be killed; empty when nothing of the attempt is left
   */
  List<Long> stop(Duration grace);
}
