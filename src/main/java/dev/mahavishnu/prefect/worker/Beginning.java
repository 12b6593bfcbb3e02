package dev.mahavishnu.prefect.worker;

import dev.mahavishnu.prefect.ServerState;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.run.StateType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** How a flow run that was claimed is begun. */
sealed interface Beginning {
  /**
   * From its first task.
   *
   * @param why where it was begun before; empty: it never was
   */
  record Fresh(String why) implements Beginning {}

  /**
   * What is done of this run of the workspace is kept.
   *
   * @param answered whether it waited for a person, who let it go on
   */
  record GoOn(RunId run, boolean answered) implements Beginning {}

  /** This run of the workspace is complete, which the server had not been told. */
  record Over(RunId run) implements Beginning {}

  /**
   * Decides.
   *
   * @param before the claim that the workspace has of the flow run, with its run's state now
   * @param states of the flow run on the server, oldest first, the new claim's among them
   * @param token of the new claim
   */
  static Beginning of(
      Optional<Claim> before, Optional<RunSummary> run, List<ServerState> states, UUID token) {
    List<ServerState> earlier = earlier(states, token);
    Optional<UUID> last = Ownership.token(earlier);
    if (last.isEmpty()) {
      return new Fresh("");
    }
    if (last(before, states, token).isEmpty()) {
      return new Fresh("it was begun elsewhere, and what is done there can't be reached from here");
    }
    if (run.isEmpty()) {
      return new Fresh("it was claimed here before, but nothing of it is kept");
    }
    StateType type = run.get().state().type();
    if (type == StateType.COMPLETED) {
      return told(earlier, last.get())
          ? new Fresh("it had completed, and is to run again")
          : new Over(run.get().run());
    }
    return type == StateType.CANCELLED
        ? new Fresh("it had been cancelled, and is to run again")
        : new GoOn(run.get().run(), earlier.getLast().name().equals("Resuming"));
  }

  /** What the workspace has of the flow run, where nobody else has claimed it since. */
  static Optional<Claim> last(Optional<Claim> before, List<ServerState> states, UUID token) {
    Optional<UUID> last = Ownership.token(earlier(states, token));
    return before.filter(b -> last.filter(b.token()::equals).isPresent());
  }

  private static List<ServerState> earlier(List<ServerState> states, UUID token) {
    return states.stream().takeWhile(s -> !Ownership.isClaim(s, token)).toList();
  }

  /** Whether the server has had a COMPLETED since that claim. */
  private static boolean told(List<ServerState> states, UUID claim) {
    return states.stream()
        .dropWhile(s -> !Ownership.isClaim(s, claim))
        .anyMatch(s -> s.type().equals(StateType.COMPLETED.name()));
  }
}
