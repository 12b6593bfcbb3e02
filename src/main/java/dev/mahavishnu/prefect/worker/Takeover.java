package dev.mahavishnu.prefect.worker;

import dev.mahavishnu.prefect.Filter;
import dev.mahavishnu.prefect.FlowRuns;
import dev.mahavishnu.prefect.PrefectException;
import dev.mahavishnu.prefect.ServerState;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.StateType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Takes what dead workers of this workspace were at: those are known for certain, and their runs go
 * on here. One worker of the pool at a time does this.
 */
final class Takeover {
  /** Room for what is taken. */
  interface Room {
    /** A seat that is kept free for a flow run; empty: there is none, or it has one. */
    Optional<Seat> seat(UUID flowRun);
  }

  /** To be used in one of these ways. */
  interface Seat {
    /** Executes what is claimed already. */
    void carryOut(FlowRuns.FlowRun run, Claim claim);

    /** Executes it where that claim, of which the answer was lost, was made. */
    void findOut(FlowRuns.FlowRun run, Claim claim);

    void leave();
  }

  private final Workplace place;
  private final WorkerSettings settings;
  private final Claims claims;
  private final Room room;
  private final Predicate<UUID> mine;
  private final Steps steps;
  private final PoolLock lock;
  private final Verdicts verdicts;

  /** Of what this workspace's dead left, what has no seat yet. */
  private volatile Set<UUID> standing = Set.of();

  private final Set<UUID> seatless = new HashSet<>();

  /**
   * @param mine whether this worker is at a flow run itself, now
   */
  Takeover(
      Workplace place,
      WorkerSettings settings,
      Claims claims,
      Room room,
      Predicate<UUID> mine,
      Steps steps,
      PoolLock lock) {
    this.place = place;
    this.settings = settings;
    this.claims = claims;
    this.room = room;
    this.mine = mine;
    this.steps = steps;
    this.lock = lock;
    this.verdicts = new Verdicts(place);
  }

  /** How many flow runs wait for a seat here. */
  int standing() {
    return standing.size();
  }

  /** Goes on with what workers of this workspace left when they died. */
  void ofThisWorkspace() {
    seatless.clear();
    try {
      for (Claim claim : place.claims().open()) {
        if (!mine.test(claim.flowRun())) {
          steps.take("flow run " + claim.flowRun(), () -> ofTheDead(claim));
        }
      }
      goOnWithResumed();
    } finally {
      standing = Set.copyOf(seatless);
    }
  }

  private void ofTheDead(Claim claim) {
    if (claim.worker().equals(settings.name())) {
      lock.whileHeld(() -> inherit(claim)); // Of one that had the same name before.
      return;
    }
    Optional<Lifeline.Held> dead = place.lifeline().take(claim.worker());
    if (dead.isPresent()) {
      try (Lifeline.Held _ = dead.get()) {
        lock.whileHeld(() -> inherit(claim));
      }
    }
  }

  /** Whether a claim that was read before is still so, and not this worker's by now. */
  private boolean isStill(Claim claim) {
    return !mine.test(claim.flowRun())
        && place
            .claims()
            .find(claim.flowRun())
            .filter(c -> c.token().equals(claim.token()) && c.hold() == claim.hold())
            .isPresent();
  }

  private void inherit(Claim claim) {
    if (!isStill(claim)) {
      return;
    }
    Optional<FlowRuns.FlowRun> found = place.client().flowRuns().find(claim.flowRun());
    Optional<ServerState> state = found.flatMap(FlowRuns.FlowRun::state);
    if (state.isEmpty() || !claims.isNewest(claim)) {
      place.claims().close(claim);
      return;
    }
    FlowRuns.FlowRun run = found.get();
    switch (state.get().known().orElse(StateType.COMPLETED)) {
      case PENDING, RUNNING -> {
        if (verdicts.crashed(run, claim.worker())) {
          goOn(run);
        }
      }
      // Said by who began to take it and died or had no room, or by the mirror of the workspace.
      case CRASHED -> goOn(run);
      case CANCELLING -> {
        local(claim).ifPresent(place.starter()::cancel);
        if (verdicts.cancelled(run, claim.worker())) {
          place.claims().close(claim);
        }
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

  /**
   * A crashed run may be claimed without being scheduled first, so nobody comes between. Without a
   * seat it is left as it is: a later look, of this worker or another of the workspace, goes on.
   */
  private void goOn(FlowRuns.FlowRun run) {
    Optional<Seat> seat = room.seat(run.id());
    if (seat.isEmpty()) {
      seatless.add(run.id());
      if (!standing.contains(run.id())) {
        String text = run.name() + " goes on here when there is room";
        place.tell("no-room", run.id(), Optional.empty(), text);
      }
      return;
    }
    seated(seat.get(), run);
  }

  private void seated(Seat seat, FlowRuns.FlowRun run) {
    Claim fresh = claims.fresh(run.id());
    boolean taken;
    try {
      taken = claims.take(fresh);
    } catch (PrefectException _) {
      seat.findOut(run, fresh);
      return;
    } catch (RuntimeException e) {
      seat.leave();
      throw e;
    }
    if (taken) {
      seat.carryOut(run, fresh);
    } else {
      seat.leave();
    }
  }

  /**
   * Goes on with what came to rest here and was set to RUNNING by who resumed it: for a server, the
   * process that executes it has only waited, but ours is at other things.
   */
  private void goOnWithResumed() {
    List<Claim> waiting = place.claims().waiting();
    if (waiting.isEmpty()) {
      return;
    }
    UUID[] ids = waiting.stream().map(Claim::flowRun).toArray(UUID[]::new);
    Map<UUID, FlowRuns.FlowRun> found = new HashMap<>();
    try (Stream<FlowRuns.FlowRun> all =
        place.client().flowRuns().filter(Filter.ALL.flowRunIds(ids))) {
      all.forEach(run -> found.put(run.id(), run));
    }
    for (Claim claim : waiting) {
      Optional<ServerState> state =
          Optional.ofNullable(found.get(claim.flowRun())).flatMap(FlowRuns.FlowRun::state);
      if (state.isEmpty() || state.get().isFinal()) {
        place.claims().close(claim);
      } else if (isRunning(state.get())) {
        steps.take("flow run " + claim.flowRun(), () -> lock.whileHeld(() -> resumed(claim)));
      }
    }
  }

  private static boolean isRunning(ServerState state) {
    return state.type().equals(StateType.RUNNING.name());
  }

  private void resumed(Claim claim) {
    Optional<FlowRuns.FlowRun> run = place.client().flowRuns().find(claim.flowRun());
    if (!isStill(claim)
        || run.flatMap(FlowRuns.FlowRun::state).filter(s -> isRunning(s)).isEmpty()) {
      return;
    }
    if (!claims.isNewest(claim)) {
      place.claims().close(claim);
      return;
    }
    boolean rests =
        local(claim)
            .flatMap(place.starter()::summary)
            .filter(s -> s.resumable() && s.state().type() == StateType.PAUSED)
            .isPresent();
    if (!rests) {
      return; // Another process of the workspace is at it.
    }
    Optional<Seat> seat = room.seat(claim.flowRun());
    if (seat.isEmpty()) {
      seatless.add(claim.flowRun());
      return;
    }
    boolean again = false;
    try {
      // The name says that a person has let it go on.
      again = claims.again(claim.flowRun(), "Resuming", "resumed; " + settings.name() + " goes on");
    } finally {
      if (!again) {
        seat.get().leave();
      }
    }
    if (again) {
      seated(seat.get(), run.get());
    }
  }
}
