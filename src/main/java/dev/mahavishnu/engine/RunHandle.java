package dev.mahavishnu.engine;

import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.State;
import java.util.function.Consumer;

/** A run that this process executes. */
public interface RunHandle {
  RunId run();

  /**
   * Calls back with every event of the run, from its first one on, in order, on one thread, after
   * it is on disk. A slow listener never slows the run.
   */
  void follow(Consumer<Recorded> listener);

  /** Gives the run a command, as if it came through its inbox. */
  void command(Command command);

  /**
   * Waits until this process no longer holds the run: the state is final, or PAUSED when it waits
   * for a person or was suspended. All listeners have been called by then.
   */
  State await() throws InterruptedException;
}
