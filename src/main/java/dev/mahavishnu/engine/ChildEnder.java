package dev.mahavishnu.engine;

import dev.mahavishnu.run.Child;
import java.time.Duration;
import java.util.List;

/** Ends what is left of a process whose JVM has died. */
@FunctionalInterface
public interface ChildEnder {
  /**
   * Kills the process group of {@code child} and whatever carries its mark, if they are still
   * those.
   *
   * @return pids that could not be killed within {@code bound}
   */
  List<Long> end(Child child, Duration bound);
}
