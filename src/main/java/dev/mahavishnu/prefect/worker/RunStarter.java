package dev.mahavishnu.prefect.worker;

import dev.mahavishnu.engine.RunHandle;
import dev.mahavishnu.prefect.Deployments;
import dev.mahavishnu.prefect.FlowRuns;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.run.StateType;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Executes what a worker has claimed. */
public interface RunStarter {
  /**
   * Starts a run for a flow run.
   *
   * @throws Unfit when it can't be run
   */
  RunHandle begin(FlowRuns.FlowRun flowRun, Deployments.Deployment deployment) throws Unfit;

  /**
   * Goes on with a run.
   *
   * @param answered whether a person has let it go on, where it waits for one
   * @throws Unfit when that can't be
   */
  RunHandle goOn(RunId run, boolean answered) throws Unfit;

  Optional<RunSummary> summary(RunId run);

  /** The run that was started for a flow run at that time or later, where no claim says which. */
  Optional<RunId> runOf(UUID flowRun, Instant since);

  /** Ends a run that no process executes. */
  void cancel(RunId run);

  /** A flow run that can't be run; the message is one line for people. */
  final class Unfit extends Exception {
    private static final long serialVersionUID = 1L;

    private final StateType end;

    /**
     * @param end what the flow run becomes: FAILED when it is its own fault, else CRASHED
     */
    public Unfit(StateType end, String message) {
      super(message);
      this.end = end;
    }

    StateType end() {
      return end;
    }
  }
}
