package dev.mahavishnu.prefect.worker;

import dev.mahavishnu.prefect.ServerState;
import dev.mahavishnu.run.StateType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Whose a flow run is, by the states that it had. A claim is a PENDING state; its transition id and
 * its message, which names the worker, come with it in one step.
 */
final class Ownership {
  private static final String CLAIMED = "claimed by worker ";

  private Ownership() {}

  /** The message of the state that claims. */
  static String message(String worker) {
    return CLAIMED + worker;
  }

  /** The worker that a state's message names as the one that claims. */
  static Optional<String> worker(ServerState state) {
    return state.message().startsWith(CLAIMED)
        ? Optional.of(state.message().substring(CLAIMED.length()))
        : Optional.empty();
  }

  /** The newest claim among the states, oldest first. */
  static Optional<ServerState> claim(List<ServerState> states) {
    return states.reversed().stream()
        .filter(s -> s.type().equals(StateType.PENDING.name()))
        .filter(s -> worker(s).isPresent())
        .findFirst();
  }

  /** The token of the newest claim. */
  static Optional<UUID> token(List<ServerState> states) {
    return claim(states).flatMap(Ownership::transition);
  }

  static boolean isClaim(ServerState state, UUID token) {
    return state.type().equals(StateType.PENDING.name())
        && transition(state).filter(token::equals).isPresent();
  }

  private static Optional<UUID> transition(ServerState state) {
    return state.stateDetails().flatMap(ServerState.Details::transitionId);
  }
}
