package dev.mahavishnu.prefect.worker;

import dev.mahavishnu.prefect.Filter;
import dev.mahavishnu.prefect.FlowRuns;
import dev.mahavishnu.prefect.ServerState;
import dev.mahavishnu.prefect.StateChange;
import dev.mahavishnu.prefect.Workers;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.StateType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Takes what dead workers were at. Those of this workspace are known for certain, and their runs go
 * on here; of others only the server can tell that their hearts stand still, and their runs are
 * given to whoever comes first. One worker of the pool at a time does this.
 */
final class Takeover {
  private static final String DIED = " died while it ran this";

  /** Executes what is claimed already; false: there is no room. */
  interface Room {
    boolean carryOut(FlowRuns.FlowRun run, Claim claim);
  }

  private final Workplace place;
  private final WorkerSettings settings;
  private final Claims claims;
  private final Room room;
  private final PoolLock lock;

  /** How often a worker was looked for of which the server knows nothing. */
  private final Map<String, Integer> unknown = new HashMap<>();

  Takeover(Workplace place, WorkerSettings settings, Claims claims, Room room) {
    this.place = place;
    this.settings = settings;
    this.claims = claims;
    this.room = room;
    this.lock = new PoolLock(place.client().concurrencyLimits(), settings.pool());
  }

  /** Whether a state says that the run was taken from its worker. */
  static boolean isTaking(ServerState state) {
    return state.type().equals(StateType.CRASHED.name()) && state.message().contains(DIED);
  }

  /**
   * Goes on with what workers of this workspace left when they died.
   *
   * @param mine what this worker is at itself
   */
  void ofThisWorkspace(Set<UUID> mine) {
    for (Claim claim : place.claims().open()) {
      if (mine.contains(claim.flowRun())) {
        continue;
      }
      if (claim.worker().equals(settings.name())) {
        lock.whileHeld(() -> inherit(claim)); // Of one that had the same name before.
        continue;
      }
      Optional<Lifeline.Held> dead = place.lifeline().take(claim.worker());
      if (dead.isPresent()) {
        try (Lifeline.Held _ = dead.get()) {
          lock.whileHeld(() -> inherit(claim));
        }
      }
    }
  }

  private void inherit(Claim claim) {
    Optional<FlowRuns.FlowRun> found = place.client().flowRuns().find(claim.flowRun());
    Optional<ServerState> state = found.flatMap(FlowRuns.FlowRun::state);
    if (state.isEmpty() || !isNewest(claim)) {
      place.claims().close(claim);
      return;
    }
    FlowRuns.FlowRun run = found.get();
    switch (state.get().known().orElse(StateType.COMPLETED)) {
      case PENDING, RUNNING -> {
        crash(run, claim.worker());
        goOn(run);
      }
      // Said by who began to take it and died too, or by the mirror of the workspace.
      case CRASHED -> goOn(run);
      case CANCELLING -> {
        local(claim).ifPresent(place.starter()::cancel);
        cancelled(run, claim.worker());
        place.claims().close(claim);
      }
      case CANCELLED -> {
        local(claim).ifPresent(place.starter()::cancel);
        place.claims().close(claim);
      }
      case SCHEDULED, PAUSED, COMPLETED, FAILED -> place.claims().close(claim);
    }
  }

  private Optional<RunId> local(Claim claim) {
    return claim.run().or(() -> place.starter().runOf(claim.flowRun(), claim.at()));
  }

  private boolean isNewest(Claim claim) {
    return Ownership.token(place.client().flowRuns().states(claim.flowRun()))
        .filter(claim.token()::equals)
        .isPresent();
  }

  /** A crashed run may be claimed without being scheduled first, so nobody comes between. */
  private void goOn(FlowRuns.FlowRun run) {
    claims
        .take(run.id())
        .ifPresent(
            mine -> {
              if (!room.carryOut(run, mine)) {
                claims.back(run.id(), "worker " + settings.name() + " has no room for it");
              }
            });
  }

  private void crash(FlowRuns.FlowRun run, String worker) {
    place
        .client()
        .flowRuns()
        .setState(run.id(), StateChange.to(StateType.CRASHED).message("worker " + worker + DIED));
    place.tell("crashed", run.id(), Optional.empty(), run.name() + ": worker " + worker + DIED);
  }

  private void cancelled(FlowRuns.FlowRun run, String worker) {
    String text = "worker " + worker + " died while it was to be cancelled";
    place.client().flowRuns().setState(run.id(), StateChange.to(StateType.CANCELLED).message(text));
    place.tell("cancelled", run.id(), Optional.empty(), run.name() + ": " + text);
  }

  /** Gives away what workers elsewhere left when their hearts stopped. */
  void ofOthers(Set<UUID> mine) {
    Optional<Set<String>> alive = alive();
    if (alive.isEmpty()) {
      return;
    }
    try (Stream<FlowRuns.FlowRun> all =
        place
            .client()
            .flowRuns()
            .filter(
                Filter.ALL
                    .workPools(settings.pool())
                    .flowRunStates(StateType.PENDING, StateType.RUNNING, StateType.CANCELLING))) {
      all.filter(run -> !mine.contains(run.id()))
          .filter(run -> label(run).filter(alive.get()::contains).isEmpty())
          .toList()
          .forEach(run -> suspect(run, alive.get()));
    }
  }

  private Optional<Set<String>> alive() {
    try (Stream<Workers.Worker> all = place.client().workers(settings.pool()).list()) {
      return Lives.of(all.toList(), settings.name());
    }
  }

  private static Optional<String> label(FlowRuns.FlowRun run) {
    return Optional.ofNullable(run.labels().get(Claims.WORKER)).flatMap(JsonNode::asStringOpt);
  }

  private void suspect(FlowRuns.FlowRun run, Set<String> alive) {
    Optional<ServerState> claim = Ownership.claim(place.client().flowRuns().states(run.id()));
    Optional<String> worker = claim.flatMap(Ownership::worker);
    if (worker.isEmpty() || alive.contains(worker.get()) || isOfThisWorkspace(run)) {
      return;
    }
    if (isDead(worker.get())) {
      lock.whileHeld(() -> giveAway(run, worker.get()));
    }
  }

  /** Those are known for certain, and looked after as such. */
  private boolean isOfThisWorkspace(FlowRuns.FlowRun run) {
    return place
        .claims()
        .find(run.id())
        .filter(c -> c.hold() == Claim.Hold.OPEN && isNewest(c))
        .isPresent();
  }

  /** One that the server has been made to forget may still live, and beat again. */
  private boolean isDead(String worker) {
    try (Stream<Workers.Worker> all = place.client().workers(settings.pool()).list()) {
      if (all.anyMatch(w -> w.name().equals(worker))) {
        return true;
      }
    }
    return unknown.merge(worker, 1, Integer::sum) > Lives.BEATS;
  }

  private void giveAway(FlowRuns.FlowRun seen, String worker) {
    List<ServerState> states = place.client().flowRuns().states(seen.id());
    Optional<String> owner = Ownership.claim(states).flatMap(Ownership::worker);
    boolean isStill =
        owner.filter(worker::equals).isPresent()
            && alive().filter(a -> !a.contains(worker)).isPresent();
    if (states.isEmpty() || !isStill) {
      return;
    }
    switch (states.getLast().known().orElse(StateType.COMPLETED)) {
      case PENDING, RUNNING -> {
        crash(seen, worker);
        claims.back(
            seen.id(),
            "worker " + worker + DIED + "; what it had done can't be reached, it starts again");
        place.tell(
            "given-away",
            seen.id(),
            Optional.empty(),
            seen.name() + " is given to the next worker");
      }
      case CANCELLING -> cancelled(seen, worker);
      case SCHEDULED, PAUSED, COMPLETED, FAILED, CANCELLED, CRASHED -> {}
    }
  }
}
