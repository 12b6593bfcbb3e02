package dev.mahavishnu.prefect.worker;

import dev.mahavishnu.prefect.FlowRuns;
import dev.mahavishnu.prefect.ServerState;
import dev.mahavishnu.prefect.StateChange;
import dev.mahavishnu.run.StateType;
import java.util.Optional;

/** What is said to the server of the flow runs of the dead. */
final class Verdicts {
  private static final String DIED = " died while it ran this";

  private final Workplace place;

  Verdicts(Workplace place) {
    this.place = place;
  }

  /** Whether a state says that the run was taken from its worker. */
  static boolean isTaking(ServerState state) {
    return state.type().equals(StateType.CRASHED.name()) && state.message().contains(DIED);
  }

  /** False: the server would not, so somebody else has done something meanwhile. */
  boolean crashed(FlowRuns.FlowRun run, String worker) {
    String text = "worker " + worker + DIED;
    return tried(run, "crashed", StateChange.to(StateType.CRASHED), text);
  }

  /** As {@link #crashed}. */
  boolean cancelled(FlowRuns.FlowRun run, String worker) {
    String text = "worker " + worker + " died while it was to be cancelled";
    return tried(run, "cancelled", StateChange.to(StateType.CANCELLED), text);
  }

  private boolean tried(FlowRuns.FlowRun run, String what, StateChange change, String text) {
    boolean accepted =
        place.client().flowRuns().setState(run.id(), change.message(text)).isAccepted();
    if (accepted) {
      place.tell(what, run.id(), Optional.empty(), run.name() + ": " + text);
    }
    return accepted;
  }
}
