package dev.mahavishnu.prefect.mirror;

import dev.mahavishnu.run.State;
import dev.mahavishnu.run.StateType;

/** A state without what else is known of it: nothing to keep of every task run. */
enum Phase {
  SCHEDULED(StateType.SCHEDULED, "Scheduled"),
  LATE(StateType.SCHEDULED, "Late"),
  AWAITING_RETRY(StateType.SCHEDULED, "AwaitingRetry"),
  PENDING(StateType.PENDING, "Pending"),
  RUNNING(StateType.RUNNING, "Running"),
  RETRYING(StateType.RUNNING, "Retrying"),
  COMPLETED(StateType.COMPLETED, "Completed"),
  CACHED(StateType.COMPLETED, "Cached"),
  SKIPPED(StateType.COMPLETED, "Skipped"),
  FAILED(StateType.FAILED, "Failed"),
  TIMED_OUT(StateType.FAILED, "TimedOut"),
  UPSTREAM_FAILED(StateType.FAILED, "UpstreamFailed"),
  CANCELLED(StateType.CANCELLED, "Cancelled"),
  CRASHED(StateType.CRASHED, "Crashed"),
  PAUSED(StateType.PAUSED, "Paused"),
  SUSPENDED(StateType.PAUSED, "Suspended"),
  CANCELLING(StateType.CANCELLING, "Cancelling");

  private final StateType type;
  private final String text;

  Phase(StateType type, String text) {
    this.type = type;
    this.text = text;
  }

  static Phase of(State state) {
    return switch (state) {
      case State.Scheduled s ->
          switch (s.why()) {
            case SCHEDULED -> SCHEDULED;
            case LATE -> LATE;
            case AWAITING_RETRY -> AWAITING_RETRY;
          };
      case State.Pending _ -> PENDING;
      case State.Running r -> r.retrying() ? RETRYING : RUNNING;
      case State.Completed c ->
          switch (c.how()) {
            case DONE -> COMPLETED;
            case CACHED -> CACHED;
            case SKIPPED -> SKIPPED;
          };
      case State.Failed f ->
          switch (f.how()) {
            case ERROR -> FAILED;
            case TIMED_OUT -> TIMED_OUT;
            case UPSTREAM -> UPSTREAM_FAILED;
          };
      case State.Cancelled _ -> CANCELLED;
      case State.Crashed _ -> CRASHED;
      case State.Paused p -> p.why() == State.Paused.Why.PAUSED ? PAUSED : SUSPENDED;
      case State.Cancelling _ -> CANCELLING;
    };
  }

  StateType type() {
    return type;
  }

  /** Its name, ours and Prefect's. */
  String text() {
    return text;
  }

  boolean isFinal() {
    return type.isFinal();
  }

  boolean isRunning() {
    return type == StateType.RUNNING;
  }

  /** Ended otherwise than it should. */
  boolean isBad() {
    return isFinal() && type != StateType.COMPLETED;
  }
}
