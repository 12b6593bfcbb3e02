package dev.mahavishnu.store;

import dev.mahavishnu.run.State;
import java.time.Instant;
import java.util.Optional;

/** States in JSON: {@code "s"} a word that belongs to the format, {@code "m"} and {@code "u"}. */
final class StateCodec {
  private StateCodec() {}

  /** Writes the fields of a state into the object that is open. */
  static void write(JsonOut out, State state) {
    out.field("s", word(state));
    if (!state.message().isEmpty()) {
      out.field("m", state.message());
    }
    if (state instanceof State.Scheduled scheduled) {
      scheduled.until().ifPresent(until -> out.field("u", until.toString()));
    }
  }

  private static String word(State state) {
    return switch (state) {
      case State.Scheduled s ->
          switch (s.why()) {
            case SCHEDULED -> "Scheduled";
            case LATE -> "Late";
            case AWAITING_RETRY -> "AwaitingRetry";
          };
      case State.Pending _ -> "Pending";
      case State.Running r -> r.retrying() ? "Retrying" : "Running";
      case State.Completed c ->
          switch (c.how()) {
            case DONE -> "Completed";
            case CACHED -> "Cached";
            case SKIPPED -> "Skipped";
          };
      case State.Failed f ->
          switch (f.how()) {
            case ERROR -> "Failed";
            case TIMED_OUT -> "TimedOut";
            case UPSTREAM -> "UpstreamFailed";
          };
      case State.Cancelled _ -> "Cancelled";
      case State.Crashed _ -> "Crashed";
      case State.Paused p ->
          switch (p.why()) {
            case PAUSED -> "Paused";
            case SUSPENDED -> "Suspended";
          };
      case State.Cancelling _ -> "Cancelling";
    };
  }

  /**
   * @param until text of an instant, or empty
   */
  static State read(String word, String message, String until) {
    return switch (word) {
      case "Scheduled" -> scheduled(State.Scheduled.Why.SCHEDULED, message, until);
      case "Late" -> scheduled(State.Scheduled.Why.LATE, message, until);
      case "AwaitingRetry" -> scheduled(State.Scheduled.Why.AWAITING_RETRY, message, until);
      case "Pending" -> new State.Pending();
      case "Running" -> new State.Running(false);
      case "Retrying" -> new State.Running(true);
      case "Completed" ->
          message.isEmpty()
              ? State.Completed.DONE
              : new State.Completed(State.Completed.How.DONE, message);
      case "Cached" -> new State.Completed(State.Completed.How.CACHED, message);
      case "Skipped" -> new State.Completed(State.Completed.How.SKIPPED, message);
      case "Failed" -> new State.Failed(State.Failed.How.ERROR, message);
      case "TimedOut" -> new State.Failed(State.Failed.How.TIMED_OUT, message);
      case "UpstreamFailed" -> new State.Failed(State.Failed.How.UPSTREAM, message);
      case "Cancelled" -> new State.Cancelled(message);
      case "Crashed" -> new State.Crashed(message);
      case "Paused" -> new State.Paused(State.Paused.Why.PAUSED, message);
      case "Suspended" -> new State.Paused(State.Paused.Why.SUSPENDED, message);
      case "Cancelling" -> new State.Cancelling(message);
      default -> throw new StoreException("unknown state `" + word + "`");
    };
  }

  private static State scheduled(State.Scheduled.Why why, String message, String until) {
    return new State.Scheduled(
        why, until.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(until)), message);
  }
}
