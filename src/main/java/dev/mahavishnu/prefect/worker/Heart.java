package dev.mahavishnu.prefect.worker;

import dev.mahavishnu.prefect.Filter;
import dev.mahavishnu.prefect.FlowRuns;
import dev.mahavishnu.prefect.PrefectException;
import dev.mahavishnu.prefect.ServerState;
import dev.mahavishnu.prefect.WorkPools;
import dev.mahavishnu.prefect.Workers;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a worker does at every beat of its heart: it says that it lives, sees whether what it
 * executes is still its own, and takes what the dead have left.
 */
final class Heart {
  private final Workplace place;
  private final WorkerSettings settings;
  private final Collection<Active> active;
  private final Takeover takeover;
  private final Set<UUID> cancelling = new HashSet<>();
  private volatile Duration offset = Duration.ZERO;
  private volatile @Nullable UUID pool;
  private boolean paused;
  private int steady;

  Heart(
      Workplace place,
      WorkerSettings settings,
      Claims claims,
      Collection<Active> active,
      Takeover.Room room) {
    this.place = place;
    this.settings = settings;
    this.active = active;
    this.takeover = new Takeover(place, settings, claims, room);
  }

  /** The server's time, as near as it can be known. */
  Instant serverTime() {
    return place.clock().instant().plus(offset);
  }

  /** Of the pool on the server; known after the first beat. */
  UUID pool() {
    return java.util.Objects.requireNonNull(pool);
  }

  /** Beats and looks around, until it is interrupted. */
  void goOn() {
    try {
      while (true) {
        try {
          beat();
          lookAround();
        } catch (PrefectException _) {
          steady = 0; // Said by who polls.
        }
        Thread.sleep(settings.beat());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Says that the worker lives. */
  void beat() {
    Workers workers = place.client().workers(settings.pool());
    WorkPools.WorkPool found =
        place
            .client()
            .workPools()
            .find(settings.pool())
            .orElseThrow(() -> new PrefectException("no work pool `" + settings.pool() + "`"));
    pool = found.id();
    tellPause(found.isPaused());
    Instant before = place.clock().instant();
    workers.heartbeat(settings.name(), settings.beat());
    Instant after = place.clock().instant();
    Instant middle = before.plus(Duration.between(before, after).dividedBy(2));
    try (Stream<Workers.Worker> all = workers.list()) {
      List<Workers.Worker> known = all.toList();
      known.stream()
          .filter(w -> w.name().equals(settings.name()))
          .flatMap(w -> w.lastHeartbeatTime().stream())
          .findFirst()
          .ifPresent(time -> offset = Duration.between(middle, time));
    }
    steady++;
  }

  private void tellPause(boolean now) {
    if (now != paused) {
      paused = now;
      place.tell(
          now ? "paused" : "resumed-pool",
          "work pool "
              + settings.pool()
              + (now
                  ? " is paused; waits until it is resumed"
                      + " (mahavishnu workpool resume "
                      + settings.pool()
                      + ")"
                  : " is resumed"));
    }
  }

  private void lookAround() {
    List<Active> begun = active.stream().filter(a -> a.run().isPresent()).toList();
    if (!begun.isEmpty()) {
      UUID[] ids = begun.stream().map(Active::flowRun).toArray(UUID[]::new);
      try (Stream<FlowRuns.FlowRun> found =
          place.client().flowRuns().filter(Filter.ALL.flowRunIds(ids))) {
        found.forEach(
            run ->
                begun.stream()
                    .filter(a -> a.flowRun().equals(run.id()))
                    .forEach(a -> check(a, run)));
      }
    }
    Set<UUID> mine = new HashSet<>();
    active.forEach(a -> mine.add(a.flowRun()));
    takeover.ofThisWorkspace(mine);
    if (steady > Lives.BEATS) {
      takeover.ofOthers(mine);
    }
  }

  private void check(Active mine, FlowRuns.FlowRun run) {
    List<ServerState> states = place.client().flowRuns().states(run.id());
    String state = run.state().map(ServerState::type).orElse("");
    boolean taken =
        !Ownership.token(states).equals(mine.claim().map(Claim::token))
            || Takeover.isTaking(states.getLast());
    if (taken || states.getLast().type().equals("SCHEDULED")) {
      mine.stop(Active.Stop.LOST, place.claims());
    } else if (state.equals("CANCELLING") && !cancelling.add(run.id())) {
      mine.cancel(); // Whoever was to be told of it by an event was not.
    }
  }

  /** Makes the server forget the worker. */
  void stop() {
    try {
      place.client().workers(settings.pool()).delete(settings.name());
    } catch (PrefectException _) {
      // It finds out by itself.
    }
  }
}
