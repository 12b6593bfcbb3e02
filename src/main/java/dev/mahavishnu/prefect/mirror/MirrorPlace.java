package dev.mahavishnu.prefect.mirror;

import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** The workspace whose runs are mirrored. Safe for several threads. */
public interface MirrorPlace {
  RunHistory history();

  /** Whether a process executes the run now. */
  boolean isHeld(RunId run);

  /** A hash under the workspace's key, the same in every process of the workspace. */
  String seal(String text);

  /** The file for what the mirror knows of a run, in the run's folder. */
  Path file(RunId run);

  /** Takes the right to tell of a run; empty when another has it or the run is gone. */
  Optional<Lock> lock(RunId run);

  /** A folder for what the mirror knows of all runs; need not be there yet. */
  Path folder();

  /**
   * Whether a flow run that a run was executed for is another's now: then nothing that the run does
   * moves it.
   */
  default boolean isLost(UUID flowRun, RunId run, PrefectClient client) {
    return false;
  }

  /** The hash of what a run is made of, as a deployment has it; empty where it is of none. */
  default Optional<String> contentHash(RunEvent.Created created) {
    return Optional.empty();
  }

  /** Sends a command to a run that another process executes. */
  void send(RunId run, Command command);

  /** Ours until closed, or until the process dies. */
  interface Lock extends AutoCloseable {
    @Override
    void close();
  }
}
