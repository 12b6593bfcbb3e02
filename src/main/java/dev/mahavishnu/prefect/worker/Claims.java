package dev.mahavishnu.prefect.worker;

import dev.mahavishnu.prefect.FlowRuns;
import dev.mahavishnu.prefect.PrefectException;
import dev.mahavishnu.prefect.ServerState;
import dev.mahavishnu.prefect.StateChange;
import dev.mahavishnu.prefect.Transition;
import dev.mahavishnu.run.StateType;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes flow runs from the server, and gives them back. */
final class Claims {
  /** On a flow run: the name of the worker that has it. */
  static final String WORKER = "mahavishnu.worker";

  private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

  private final FlowRuns flowRuns;
  private final String worker;
  private final Clock clock;

  /** A server on SQLite stalls for a minute when many change what it has at the same time. */
  private final ReentrantLock one = new ReentrantLock(true);

  Claims(FlowRuns flowRuns, String worker, Clock clock) {
    this.flowRuns = flowRuns;
    this.worker = worker;
    this.clock = clock;
  }

  /**
   * Claims a flow run; empty: another has it, or it is not to run any more.
   *
   * @throws dev.mahavishnu.prefect.PrefectException when the server does not answer; it may have
   *     been claimed then, and is given away like what the dead had
   */
  Optional<Claim> take(UUID flowRun) {
    one.lock();
    try {
      return taken(flowRun);
    } finally {
      one.unlock();
    }
  }

  /**
   * Claims a flow run that is due. A server takes a run that has ended back to PENDING too, so one
   * that another has claimed and ended since it was seen as due is left, or put back.
   */
  Optional<Claim> takeDue(UUID flowRun) {
    one.lock();
    try {
      boolean due =
          flowRuns
              .find(flowRun)
              .flatMap(FlowRuns.FlowRun::state)
              .filter(s -> s.type().equals(StateType.SCHEDULED.name()))
              .isPresent();
      Optional<Claim> claim = due ? taken(flowRun) : Optional.empty();
      return claim.filter(this::followsScheduled);
    } finally {
      one.unlock();
    }
  }

  private boolean followsScheduled(Claim claim) {
    List<ServerState> before =
        flowRuns.states(claim.flowRun()).stream()
            .takeWhile(s -> !Ownership.isClaim(s, claim.token()))
            .toList();
    Optional<ServerState> ended =
        before.isEmpty()
            ? Optional.empty()
            : Optional.of(before.getLast()).filter(ServerState::isFinal);
    ended.ifPresent(s -> end(claim.flowRun(), s.known().orElse(StateType.COMPLETED), s.message()));
    return ended.isEmpty();
  }

  private Optional<Claim> taken(UUID flowRun) {
    UUID token = UUID.randomUUID();
    StateChange pending = StateChange.to(StateType.PENDING).message(Ownership.message(worker));
    if (!flowRuns.setState(flowRun, pending, token).isAccepted()) {
      return Optional.empty();
    }
    return Optional.of(
        new Claim(flowRun, token, worker, clock.instant(), Optional.empty(), Claim.Hold.OPEN));
  }

  /** Writes on the flow run whose it is, for people and for a look at many; nothing hangs on it. */
  void label(UUID flowRun) {
    one.lock();
    try {
      flowRuns.addLabels(flowRun, Map.of(WORKER, worker));
    } catch (PrefectException e) {
      LOG.info("flow run {} is not labelled: {}", flowRun, e.getMessage());
    } finally {
      one.unlock();
    }
  }

  /** Ends a flow run that can't be run; one that is being cancelled becomes CANCELLED. */
  void end(UUID flowRun, StateType type, String message) {
    Transition answer = flowRuns.setState(flowRun, StateChange.to(type).message(message));
    if (!answer.isAccepted() && isCancelling(flowRun)) {
      flowRuns.setState(flowRun, StateChange.to(StateType.CANCELLED).message("never started"));
    }
  }

  private boolean isCancelling(UUID flowRun) {
    return flowRuns
        .find(flowRun)
        .flatMap(FlowRuns.FlowRun::state)
        .flatMap(ServerState::known)
        .filter(StateType.CANCELLING::equals)
        .isPresent();
  }

  /** Lets the next worker have it; false: the server would not. */
  boolean back(UUID flowRun, String message) {
    StateChange again =
        StateChange.scheduled(clock.instant()).named("AwaitingRetry").message(message);
    return flowRuns.setState(flowRun, again).isAccepted();
  }
}
