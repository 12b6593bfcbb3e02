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
  static final String WORKER = Worker.LABEL;

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

  /** A claim to be made; by its token it is found again where the answer is lost. */
  Claim fresh(UUID flowRun) {
    return new Claim(
        flowRun, UUID.randomUUID(), worker, clock.instant(), Optional.empty(), Claim.Hold.OPEN);
  }

  /**
   * Claims a flow run; false: another has it, or it is not to run any more.
   *
   * @throws PrefectException when the server does not answer; it may have been claimed then
   */
  boolean take(Claim fresh) {
    one.lock();
    try {
      return taken(fresh);
    } finally {
      one.unlock();
    }
  }

  /**
   * Claims a flow run that is due. A server takes a run that has ended back to PENDING too, so one
   * that another has claimed and ended since it was seen as due is left, or put back.
   *
   * @throws PrefectException when the server does not answer; it may have been claimed then
   */
  boolean takeDue(Claim fresh) {
    one.lock();
    try {
      boolean due =
          flowRuns
              .find(fresh.flowRun())
              .flatMap(FlowRuns.FlowRun::state)
              .filter(s -> s.type().equals(StateType.SCHEDULED.name()))
              .isPresent();
      return due && taken(fresh) && holdsDue(fresh, flowRuns.states(fresh.flowRun()));
    } finally {
      one.unlock();
    }
  }

  private boolean taken(Claim fresh) {
    StateChange pending = StateChange.to(StateType.PENDING).message(Ownership.message(worker));
    return flowRuns.setState(fresh.flowRun(), pending, fresh.token()).isAccepted();
  }

  /** Whether a claim is the newest, and nobody has ended or rescheduled the flow run since. */
  static boolean holds(Claim claim, List<ServerState> states) {
    return isNewest(claim, states)
        && !states.getLast().isFinal()
        && !states.getLast().type().equals(StateType.SCHEDULED.name());
  }

  /** As {@link #holds}, for what was due; where it had ended before, it is put back. */
  boolean holdsDue(Claim claim, List<ServerState> states) {
    if (!holds(claim, states)) {
      return false;
    }
    List<ServerState> before =
        states.stream().takeWhile(s -> !Ownership.isClaim(s, claim.token())).toList();
    if (before.isEmpty() || !before.getLast().isFinal()) {
      return true;
    }
    ServerState ended = before.getLast();
    boolean _ = end(claim, ended.known().orElse(StateType.COMPLETED), ended.message());
    return false;
  }

  private static boolean isNewest(Claim claim, List<ServerState> states) {
    return Ownership.token(states).filter(claim.token()::equals).isPresent();
  }

  /** Whether nobody has claimed the flow run after that. */
  boolean isNewest(Claim claim) {
    return isNewest(claim, flowRuns.states(claim.flowRun()));
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

  /**
   * Ends a flow run that can't be run, or has run; one that is being cancelled becomes CANCELLED.
   *
   * @return false: it is another's now, and nothing was said
   */
  boolean end(Claim claim, StateType type, String message) {
    if (!isNewest(claim)) {
      return false;
    }
    UUID flowRun = claim.flowRun();
    Transition answer = flowRuns.setState(flowRun, StateChange.to(type).message(message));
    if (!answer.isAccepted() && isCancelling(flowRun)) {
      flowRuns.setState(flowRun, StateChange.to(StateType.CANCELLED).message("never started"));
    }
    return true;
  }

  private boolean isCancelling(UUID flowRun) {
    return flowRuns
        .find(flowRun)
        .flatMap(FlowRuns.FlowRun::state)
        .flatMap(ServerState::known)
        .filter(StateType.CANCELLING::equals)
        .isPresent();
  }

  /** Lets the next worker have what is ours; false: it isn't any more, or the server would not. */
  boolean back(Claim claim, String message) {
    return isNewest(claim) && again(claim.flowRun(), "AwaitingRetry", message);
  }

  /** Makes a flow run due, for whoever comes first; false: the server would not. */
  boolean again(UUID flowRun, String name, String message) {
    StateChange again = StateChange.scheduled(clock.instant()).named(name).message(message);
    return flowRuns.setState(flowRun, again).isAccepted();
  }
}
