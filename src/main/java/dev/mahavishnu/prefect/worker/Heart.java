package dev.mahavishnu.prefect.worker;

import dev.mahavishnu.prefect.Fault;
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
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a worker does at every beat of its heart: it says that it lives, and, on another thread
 * since that may take long, sees whether what it executes is still its own, and takes what the dead
 * have left.
 */
final class Heart {
  private static final int FIRST_BEATS = 10;
  private static final Duration BETWEEN_FIRST_BEATS = Duration.ofSeconds(3);

  private static final Logger LOG = LoggerFactory.getLogger(Heart.class);

  private final Workplace place;
  private final WorkerSettings settings;
  private final Collection<Active> active;
  private final Takeover takeover;
  private final Elsewhere elsewhere;
  private final Steps steps;
  private final Bell bell = new Bell();
  private final Bell pulse = new Bell();
  private final AtomicInteger steady = new AtomicInteger();
  private final Set<UUID> cancelling = new HashSet<>();
  private volatile Duration offset = Duration.ZERO;
  private volatile @Nullable UUID pool;
  private boolean paused;
  private volatile boolean retiring;
  private volatile boolean ended;

  Heart(
      Workplace place,
      WorkerSettings settings,
      Claims claims,
      Map<UUID, Active> active,
      Takeover.Room room) {
    this.place = place;
    this.settings = settings;
    this.active = active.values();
    this.steps = new Steps(place);
    PoolLock lock = new PoolLock(place.client().concurrencyLimits(), settings.pool());
    Predicate<UUID> mine = active::containsKey;
    this.takeover = new Takeover(place, settings, claims, room, mine, steps, lock);
    this.elsewhere = new Elsewhere(place, settings, claims, mine, lock);
  }

  /** The server's time, as near as it can be known. */
  Instant serverTime() {
    return place.clock().instant().plus(offset);
  }

  /** Of the pool on the server; known after the first beat. */
  UUID pool() {
    return java.util.Objects.requireNonNull(pool);
  }

  /** How many flow runs of the dead wait for a seat. */
  int standing() {
    return takeover.standing();
  }

  /** Beats until it is ended. */
  void goOnBeating() {
    try {
      while (!ended) {
        pulse.await(settings.beat());
        if (!ended) {
          unlessAway("the heartbeat", this::beat);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Looks around until it is ended. */
  void goOnLooking() {
    try {
      while (!ended) {
        bell.await(settings.beat());
        if (!ended) {
          look();
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** There is reason to look around before the next beat. */
  void lookSoon() {
    bell.ring();
  }

  /**
   * Lets beating and looking end, but not in the middle of a call: a server on SQLite that is cut
   * off while it writes may keep everybody else from writing for a minute.
   */
  void end() {
    ended = true;
    pulse.ring();
    bell.ring();
  }

  /** Takes nothing any more. */
  void retire() {
    retiring = true;
  }

  /** A server that is away is told of by who polls. */
  private void unlessAway(String what, Runnable step) {
    try {
      steps.take(what, step);
    } catch (PrefectException e) {
      LOG.debug("{}: {}", what, e.getMessage());
      steady.set(0);
    }
  }

  /**
   * The first beat. A server on SQLite that several write to answers 503 for a while: that is no
   * reason not to start.
   */
  void begin() throws InterruptedException {
    for (int left = FIRST_BEATS; ; left--) {
      try {
        beat();
        return;
      } catch (PrefectException e) {
        boolean busy =
            e.fault()
                .filter(f -> f instanceof Fault.ServerError s && s.status() == 503)
                .isPresent();
        if (!busy || left == 1) {
          throw e;
        }
        Thread.sleep(BETWEEN_FIRST_BEATS);
      }
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
    steady.incrementAndGet();
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

  /** Looks around once. */
  void look() {
    unlessAway("the look at what runs", this::lookAtMine);
    if (!retiring) {
      unlessAway("the look at what this workspace left", takeover::ofThisWorkspace);
    }
    if (!retiring && steady.get() > Lives.BEATS) {
      unlessAway("the look at what others left", elsewhere::look);
    }
  }

  private void lookAtMine() {
    List<Active> begun = active.stream().filter(a -> a.run().isPresent()).toList();
    if (begun.isEmpty()) {
      return;
    }
    UUID[] ids = begun.stream().map(Active::flowRun).toArray(UUID[]::new);
    try (Stream<FlowRuns.FlowRun> found =
        place.client().flowRuns().filter(Filter.ALL.flowRunIds(ids))) {
      found.forEach(
          run -> begun.stream().filter(a -> a.flowRun().equals(run.id())).forEach(this::check));
    }
  }

  private void check(Active mine) {
    List<ServerState> states = place.client().flowRuns().states(mine.flowRun());
    ServerState now = states.getLast();
    boolean taken =
        !Ownership.token(states).equals(mine.claim().map(Claim::token)) || Verdicts.isTaking(now);
    if (taken || now.type().equals("SCHEDULED")) {
      mine.stop(Active.Stop.LOST, place.claims());
    } else if (now.type().equals("CANCELLING") && !cancelling.add(mine.flowRun())) {
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
