package dev.mahavishnu.prefect.mirror;

import dev.mahavishnu.prefect.ServerState;
import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.StateType;
import java.util.List;
import java.util.Optional;

/** What somebody who set a state on the server wants of our run. Pure. */
final class Wish {
  private static final String WHO = "prefect";
  private static final String NOTE = "resumed in Prefect";

  private Wish() {}

  /**
   * What follows for our run from a state that is not ours.
   *
   * @param theirs as it is on the server
   * @param ours as it is here
   * @param pausing whether it was told to pause, and something of it still runs
   * @param asking the tasks that wait for approval here
   * @return empty when it is as they want, or when it is not theirs to say: that a run is over is
   *     known where it runs
   */
  static Optional<Command> of(
      ServerState theirs, State ours, boolean pausing, List<String> asking) {
    StateType type = theirs.known().orElse(StateType.PENDING);
    if (ours.type() == StateType.CANCELLING
        || (ours.isFinal() && ours.type() != StateType.CRASHED)) {
      return Optional.empty();
    }
    return switch (type) {
      case CANCELLING, CANCELLED -> Optional.of(new Command.Cancel(WHO));
      case PAUSED -> ours.type() == StateType.RUNNING ? Optional.of(paused(theirs)) : none();
      case RUNNING ->
          ours.type() == StateType.PAUSED || pausing ? Optional.of(resumed(asking)) : none();
      case SCHEDULED, PENDING, COMPLETED, FAILED, CRASHED -> none();
    };
  }

  private static Optional<Command> none() {
    return Optional.empty();
  }

  private static Command paused(ServerState theirs) {
    boolean suspended =
        theirs.name().equals("Suspended")
            || theirs.stateDetails().filter(ServerState.Details::pauseReschedule).isPresent();
    return suspended ? new Command.Suspend(WHO) : new Command.Pause(WHO);
  }

  /** One of them: who let the run go on saw one question, and is asked the next one again. */
  private static Command resumed(List<String> asking) {
    return asking.isEmpty()
        ? new Command.Resume(WHO)
        : new Command.Approve(WHO, Optional.of(asking.getFirst()), NOTE);
  }
}
