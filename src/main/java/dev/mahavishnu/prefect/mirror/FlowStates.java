package dev.mahavishnu.prefect.mirror;

import dev.mahavishnu.prefect.FlowRuns;
import dev.mahavishnu.prefect.ServerState;
import dev.mahavishnu.prefect.Transition;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.StateType;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The states of one run's flow runs: ours are proposed to the server, and told from those that
 * others set there. For one thread.
 */
final class FlowStates {
  private static final Logger LOG = LoggerFactory.getLogger(FlowStates.class);

  /** By how much ours and the server's may differ. */
  private static final Duration CLOCKS = Duration.ofMinutes(1);

  private final Server server;
  private final Set<UUID> ours = new HashSet<>();

  FlowStates(Server server) {
    this.server = server;
  }

  /** A state of ours, told or not yet. */
  void knows(Report.FlowRunMoved report) {
    ours.add(report.transition());
  }

  /** Whether a state of the server is one that we set. */
  boolean isOurs(ServerState state) {
    return transition(state).filter(ours::contains).isPresent();
  }

  private static Optional<UUID> transition(ServerState state) {
    return state.stateDetails().flatMap(ServerState.Details::transitionId);
  }

  /**
   * The state of the run itself that the server has.
   *
   * @throws GoneException when somebody deleted it there
   */
  Optional<ServerState> root() {
    return server
        .client()
        .flowRuns()
        .find(server.id(Report.ROOT))
        .orElseThrow(GoneException::new)
        .state();
  }

  /**
   * Tells the server of a state.
   *
   * @param maybe whether it may have been told already
   * @param answered id of the last state of somebody else that our run was told of
   * @return the state that the server then has, where it is ours or as good as ours
   */
  Optional<ServerState> tell(Report.FlowRunMoved report, boolean maybe, Optional<UUID> answered) {
    UUID id = server.id(report.flowRun());
    Optional<FlowRuns.FlowRun> there = server.client().flowRuns().find(id);
    if (there.isEmpty()) {
      if (report.flowRun().equals(Report.ROOT)) {
        throw new GoneException();
      }
      return Optional.empty();
    }
    Optional<ServerState> now = there.flatMap(FlowRuns.FlowRun::state);
    if (now.isPresent() && isSettled(now.get(), report)) {
      return now;
    }
    if (maybe && hadBefore(id, report)) {
      return Optional.empty();
    }
    if (now.isPresent() && mustStay(now.get(), report.state(), answered)) {
      LOG.debug("{} stays {}: {}", id, now.get().name(), report.state().name());
      return Optional.empty();
    }
    if (report.flowRun().equals(Report.ROOT) && server.isLost()) {
      LOG.info("{} is another's now: {} is not told", id, report.state().name());
      return Optional.empty();
    }
    if (now.isPresent() && isOverdue(now.get(), report.state())) {
      // Proposed, the server would fail the run: it was never resumed there.
      return force(id, report);
    }
    return propose(id, report);
  }

  /** Whether a run goes on of which the server has, or nearly has, given up that it will. */
  private static boolean isOverdue(ServerState now, State next) {
    return next.type() == StateType.RUNNING
        && now.known().filter(StateType.PAUSED::equals).isPresent()
        && now.stateDetails()
            .flatMap(ServerState.Details::pauseTimeout)
            .filter(until -> until.isBefore(Instant.now().plus(CLOCKS)))
            .isPresent();
  }

  /** Whether nothing is to be said: it is this very state, or another's that comes to the same. */
  private static boolean isSettled(ServerState now, Report.FlowRunMoved report) {
    boolean same = transition(now).filter(report.transition()::equals).isPresent();
    return same || now.known().filter(report.state().type()::equals).isPresent();
  }

  private boolean hadBefore(UUID id, Report.FlowRunMoved report) {
    return server.client().flowRuns().states(id).stream()
        .anyMatch(state -> transition(state).filter(report.transition()::equals).isPresent());
  }

  /**
   * What somebody set there and our run has not followed yet, or need not: a server takes a
   * completed run back to RUNNING, and we never do.
   */
  private boolean mustStay(ServerState now, State next, Optional<UUID> answered) {
    if (next.isFinal() || next.type() == StateType.CANCELLING) {
      return false;
    }
    StateType type = now.known().orElse(StateType.PENDING);
    boolean cancelled = type == StateType.CANCELLING || type == StateType.CANCELLED;
    if (cancelled && next.type() == StateType.PAUSED) {
      // Who cancels a run that is about to pause still wants it to end.
      return !isOurs(now);
    }
    if (answered.equals(now.id())) {
      return false;
    }
    return switch (type) {
      case COMPLETED -> true;
      case CANCELLING, CANCELLED, PAUSED -> !isOurs(now) && next.type() == StateType.RUNNING;
      case SCHEDULED, PENDING, RUNNING, FAILED, CRASHED -> false;
    };
  }

  private Optional<ServerState> propose(UUID id, Report.FlowRunMoved report) {
    Transition answer =
        server.client().flowRuns().setState(id, report.change(), report.transition());
    if (answer instanceof Transition.Accepted accepted) {
      return Optional.of(accepted.state());
    }
    if (!isFact(report.state(), answer)) {
      LOG.info("the server does not take {} of {}: {}", report.state().name(), id, answer);
      return Optional.empty();
    }
    LOG.info("the server would not take {} of {}: {}", report.state().name(), id, answer);
    return force(id, report);
  }

  private Optional<ServerState> force(UUID id, Report.FlowRunMoved report) {
    Transition forced = server.client().flowRuns().forceState(id, report.change());
    return forced instanceof Transition.Accepted accepted
        ? Optional.of(accepted.state())
        : Optional.empty();
  }

  /** How a run ended is as it is, and that it runs or waits for a person too. */
  private static boolean isFact(State state, Transition answer) {
    return state.isFinal()
        || state.type() == StateType.PAUSED
        || (state.type() == StateType.RUNNING && answer instanceof Transition.Wait);
  }
}
