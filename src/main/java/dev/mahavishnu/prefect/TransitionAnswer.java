package dev.mahavishnu.prefect;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** The answer to a proposed state, as it stands on the wire. */
record TransitionAnswer(Optional<ServerState> state, String status, Optional<Details> details) {
  private record Details(String reason, double delaySeconds) {}

  static Transition of(Api api, ApiCall call) {
    TransitionAnswer answer = api.call(call, TransitionAnswer.class);
    return answer
        .meaning()
        .orElseThrow(
            () ->
                new PrefectException(
                    call.shown(), new Fault.Malformed("a status that is not known")));
  }

  private Optional<Transition> meaning() {
    String reason = details.map(Details::reason).orElse("");
    return switch (status) {
      case "ACCEPT" -> state.map(Transition.Accepted::new);
      case "REJECT" -> Optional.of(new Transition.Rejected(reason, state));
      case "ABORT" -> Optional.of(new Transition.Aborted(reason));
      case "WAIT" -> {
        double seconds = details.map(Details::delaySeconds).orElse(0.0);
        yield Optional.of(
            new Transition.Wait(Duration.ofMillis(Math.round(seconds * 1000)), reason));
      }
      default -> Optional.empty();
    };
  }

  /**
   * Told apart from a refusal: the server has this very change already, and we did not hear of it
   * the first time.
   */
  static Transition settled(Transition answer, UUID transition) {
    if (answer instanceof Transition.Rejected(_, Optional<ServerState> state)
        && state
            .flatMap(ServerState::stateDetails)
            .flatMap(ServerState.Details::transitionId)
            .filter(transition::equals)
            .isPresent()) {
      return new Transition.Accepted(state.get());
    }
    return answer;
  }
}
