package dev.mahavishnu.prefect.worker;

import dev.mahavishnu.prefect.Filter;
import dev.mahavishnu.prefect.FlowRuns;
import dev.mahavishnu.prefect.ServerState;
import dev.mahavishnu.prefect.Workers;
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
import tools.jackson.databind.JsonNode;

/**
 * Gives away what workers elsewhere left when they died. Only the server can tell that their hearts
 * stand still, and their runs are given to whoever comes first. One worker of the pool at a time
 * does this.
 */
final class Elsewhere {
  private final Workplace place;
  private final WorkerSettings settings;
  private final Claims claims;
  private final Predicate<UUID> mine;
  private final PoolLock lock;
  private final Verdicts verdicts;

  /** How often a worker was looked for of which the server knows nothing. */
  private final Map<String, Integer> unknown = new HashMap<>();

  /** Of which the server said at the last look that this worker has them, which knows nothing. */
  private Set<UUID> strays = Set.of();

  /** What was set CRASHED to be given away. */
  private final Set<UUID> halfway = new HashSet<>();

  /**
   * @param mine whether this worker is at a flow run itself, now
   */
  Elsewhere(
      Workplace place,
      WorkerSettings settings,
      Claims claims,
      Predicate<UUID> mine,
      PoolLock lock) {
    this.place = place;
    this.settings = settings;
    this.claims = claims;
    this.mine = mine;
    this.lock = lock;
    this.verdicts = new Verdicts(place);
  }

  /** Looks once. */
  void look() {
    Optional<Set<String>> alive = alive();
    if (alive.isEmpty()) {
      return;
    }
    for (UUID run : Set.copyOf(halfway)) {
      lock.whileHeld(() -> finish(run));
    }
    Set<String> missing = new HashSet<>();
    Set<UUID> stray = new HashSet<>();
    try (Stream<FlowRuns.FlowRun> all =
        place
            .client()
            .flowRuns()
            .filter(
                Filter.ALL
                    .workPools(settings.pool())
                    .flowRunStates(StateType.PENDING, StateType.RUNNING, StateType.CANCELLING))) {
      all.filter(run -> !mine.test(run.id()))
          .filter(run -> label(run).filter(l -> isOfAnother(l, alive.get())).isEmpty())
          .toList()
          .forEach(run -> suspect(run, alive.get(), missing, stray));
    }
    // Those that were seen again are not missing any more.
    unknown.keySet().retainAll(missing);
    strays = stray;
  }

  private boolean isOfAnother(String worker, Set<String> alive) {
    return alive.contains(worker) && !worker.equals(settings.name());
  }

  private Optional<Set<String>> alive() {
    try (Stream<Workers.Worker> all = place.client().workers(settings.pool()).list()) {
      return Lives.of(all.toList(), settings.name());
    }
  }

  private static Optional<String> label(FlowRuns.FlowRun run) {
    return Optional.ofNullable(run.labels().get(Claims.WORKER)).flatMap(JsonNode::asStringOpt);
  }

  private void suspect(
      FlowRuns.FlowRun run, Set<String> alive, Set<String> missing, Set<UUID> stray) {
    Optional<ServerState> claim = Ownership.claim(place.client().flowRuns().states(run.id()));
    Optional<String> worker = claim.flatMap(Ownership::worker);
    if (worker.isEmpty() || isOfThisWorkspace(run)) {
      return;
    }
    if (worker.get().equals(settings.name())) {
      if (isStray(run, stray)) {
        lock.whileHeld(() -> putBack(run));
      }
    } else if (!alive.contains(worker.get()) && isDead(worker.get(), missing)) {
      lock.whileHeld(() -> giveAway(run, worker.get()));
    }
  }

  /** A claim that the server made so late that nobody waited for the answer any more. */
  private boolean isStray(FlowRuns.FlowRun run, Set<UUID> stray) {
    boolean pending =
        run.state().filter(s -> s.type().equals(StateType.PENDING.name())).isPresent();
    return pending && stray.add(run.id()) && strays.contains(run.id());
  }

  private void putBack(FlowRuns.FlowRun seen) {
    List<ServerState> states = place.client().flowRuns().states(seen.id());
    boolean ours =
        !states.isEmpty()
            && states.getLast().type().equals(StateType.PENDING.name())
            && Ownership.worker(states.getLast()).filter(settings.name()::equals).isPresent();
    if (ours && !mine.test(seen.id())) {
      boolean _ = claims.again(seen.id(), "AwaitingRetry", "its claim came too late");
    }
  }

  /** Those are known for certain, and looked after as such. */
  private boolean isOfThisWorkspace(FlowRuns.FlowRun run) {
    return place
        .claims()
        .find(run.id())
        .filter(c -> c.hold().isOfConcern() && claims.isNewest(c))
        .isPresent();
  }

  /** One that the server has been made to forget may still live, and beat again. */
  private boolean isDead(String worker, Set<String> missing) {
    try (Stream<Workers.Worker> all = place.client().workers(settings.pool()).list()) {
      if (all.anyMatch(w -> w.name().equals(worker))) {
        return true;
      }
    }
    if (missing.add(worker)) {
      unknown.merge(worker, 1, Integer::sum);
    }
    return unknown.getOrDefault(worker, 0) > Lives.BEATS;
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
        if (verdicts.crashed(seen, worker)) {
          halfway.add(seen.id());
          finish(seen.id());
        }
      }
      case CANCELLING -> {
        boolean _ = verdicts.cancelled(seen, worker);
      }
      case SCHEDULED, PAUSED, COMPLETED, FAILED, CANCELLED, CRASHED -> {}
    }
  }

  /** What was set CRASHED is made due; should the server go away between the two, later. */
  private void finish(UUID run) {
    List<ServerState> states = place.client().flowRuns().states(run);
    if (!states.isEmpty() && Verdicts.isTaking(states.getLast())) {
      String text =
          states.getLast().message() + "; what it had done can't be reached, it starts again";
      if (claims.again(run, "AwaitingRetry", text)) {
        String line = "flow run " + run + " is given to the next worker";
        place.tell("given-away", run, Optional.empty(), line);
      }
    }
    halfway.remove(run);
  }
}
