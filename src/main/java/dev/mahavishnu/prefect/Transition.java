package dev.mahavishnu.prefect;

import java.time.Duration;
import java.util.Optional;

/**
 * What a server made of a proposed state. It says so in the answer's body: the HTTP status is good
 * either way.
 */
public sealed interface Transition {
  /**
   * The state holds.
   *
   * @param state as it was stored, which may be another than was proposed: a failed run with
   *     retries left becomes AwaitingRetry
   */
  record Accepted(ServerState state) implements Transition {}

  /**
   * The server has set another state, or left the one there was.
   *
   * @param state that holds now, where it was told
   */
  record Rejected(String reason, Optional<ServerState> state) implements Transition {}

  /** Who asked shall stop working on the run: it belongs to another, or is over. */
  record Aborted(String reason) implements Transition {}

  /** To be asked again after that time. */
  record Wait(Duration delay, String reason) implements Transition {}

  /** Whether the proposed state holds. */
  default boolean isAccepted() {
    return this instanceof Accepted;
  }
}
