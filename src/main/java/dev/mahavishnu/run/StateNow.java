package dev.mahavishnu.run;

/** How a task run stands where its journal may not have the last word. */
public final class StateNow {
  private StateNow() {}

  /**
   * @param task as the journal has it
   * @param flow the state of the run as it is now: it may be that nobody executes what the journal
   *     calls running
   */
  public static State of(State task, State flow) {
    if (task.type() != StateType.RUNNING) {
      return task;
    }
    return switch (flow) {
      case State.Crashed _ -> new State.Crashed("was running");
      case State.Paused p -> p.why() == State.Paused.Why.SUSPENDED ? new State.Pending() : task;
      case State.Scheduled _,
          State.Pending _,
          State.Running _,
          State.Completed _,
          State.Failed _,
          State.Cancelled _,
          State.Cancelling _ ->
          task;
    };
  }
}
