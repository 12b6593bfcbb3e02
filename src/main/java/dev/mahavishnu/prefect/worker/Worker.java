package dev.mahavishnu.prefect.worker;

import dev.mahavishnu.prefect.EventFilter;
import dev.mahavishnu.prefect.Events;
import dev.mahavishnu.prefect.Fault;
import dev.mahavishnu.prefect.FlowRuns;
import dev.mahavishnu.prefect.Following;
import dev.mahavishnu.prefect.PrefectException;
import dev.mahavishnu.prefect.WorkPools;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the flow runs of a work pool that are due and executes them, so many at a time, until it is
 * stopped. A server that is away for a while stops nothing that runs.
 */
public final class Worker {
  /** On a flow run: the name of the worker of ours that has it. */
  public static final String LABEL = "mahavishnu.worker";

  /** A server gives no more at once, and refuses who asks for more. */
  private static final int MOST = 200;

  /** With events, polling is only for what they miss. */
  private static final Duration CALM = Duration.ofSeconds(5);

  private static final Duration WITHOUT_EVENTS = Duration.ofSeconds(1);
  private static final Duration AHEAD = Duration.ofSeconds(10);
  private static final Duration LONG = Duration.ofSeconds(30);

  /** What happens at once is not asked for one by one, and a slow server gets time for others. */
  private static final Duration APART = Duration.ofMillis(30);

  private static final Duration FAR = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  private static final Set<String> MAKES_WORK =
      Set.of("SCHEDULED", "COMPLETED", "FAILED", "CRASHED", "CANCELLED", "PAUSED");

  private final Workplace place;
  private final WorkerSettings settings;
  private final Map<UUID, Active> active = new ConcurrentHashMap<>();
  private final Bell bell = new Bell();

  /** What was due at the last look and had no seat: each look makes a server write much. */
  private final Deque<FlowRuns.FlowRun> known = new ArrayDeque<>();

  private long looked;
  private final Carrying carrying;
  private final Heart heart;
  private volatile boolean stopping;
  private volatile boolean hurried;
  private @Nullable String away;
  private @Nullable Following stream;
  private @Nullable UUID streamed;

  public Worker(Workplace place, WorkerSettings settings) {
    this.place = place;
    this.settings = settings;
    Claims claims = new Claims(place.client().flowRuns(), settings.name(), place.clock());
    this.carrying = new Carrying(place, claims);
    this.heart = new Heart(place, settings, claims, active, this::seat);
  }

  /**
   * Works until it is stopped, and everything that ran has ended or is handed back.
   *
   * @throws PrefectException when the server can't be reached at the start, or has no such pool
   */
  public void run() throws InterruptedException {
    place.claims().tidy(place.clock().instant());
    heart.begin();
    Thread beating = Thread.ofVirtual().name("heart").start(heart::goOnBeating);
    Thread looking = Thread.ofVirtual().name("looking around").unstarted(heart::goOnLooking);
    try {
      heart.look(); // What was left here comes first.
      looking.start();
      while (!stopping) {
        long start = System.nanoTime();
        Duration wait = poll();
        long took = System.nanoTime() - start;
        bell.await(wait);
        if (!stopping) {
          Thread.sleep(Duration.ofNanos(Math.clamp(took, APART.toNanos(), FAR.toNanos())));
        }
      }
      heart.retire();
      finish();
    } finally {
      heart.end();
      end(looking);
      end(beating);
      if (stream != null) {
        stream.close();
      }
    }
    // While the server was not told all, others must take it for one that has died.
    if (active.isEmpty() && !carrying.isUntold()) {
      heart.stop();
    }
  }

  /** Gives it time to end by itself. */
  private static void end(Thread thread) throws InterruptedException {
    if (thread.getState() != Thread.State.NEW && !thread.join(LONG)) {
      thread.interrupt();
      thread.join();
    }
  }

  /** Takes nothing new from now on; what runs may go on for the grace. */
  public void stop() {
    stopping = true;
    bell.ring();
  }

  /** What runs is suspended and handed back at once. */
  public void hurry() {
    hurried = true;
    stop();
  }

  /** Looks for work; gives how long to wait before the next look. */
  private Duration poll() {
    int room = forNew() - active.size();
    room -= beginKnown(room);
    if (room <= 0) {
      // Who ends rings; that others have taken what stands here is found out by looking.
      return heart.standing() > 0 ? WITHOUT_EVENTS : LONG;
    }
    try {
      follow();
      Instant now = heart.serverTime();
      looked = System.nanoTime();
      List<WorkPools.Work> works =
          place
              .client()
              .workPools()
              .due(
                  settings.pool(),
                  now.plus(AHEAD),
                  Math.min(MOST, settings.limit() + room),
                  settings.queues());
      back();
      return begin(works, now, room);
    } catch (PrefectException e) {
      lost(e);
      return WITHOUT_EVENTS;
    }
  }

  /** What the dead of this workspace left takes the next seats that come free. */
  private int forNew() {
    return settings.limit() - heart.standing();
  }

  private Duration begin(List<WorkPools.Work> works, Instant now, int room) {
    int left = room;
    known.clear();
    Duration wait = isStreaming() ? CALM : WITHOUT_EVENTS;
    for (WorkPools.Work work : works) {
      FlowRuns.FlowRun run = work.flowRun();
      Duration ahead = Duration.between(now, run.nextScheduledStartTime().orElse(now));
      if (ahead.toMillis() > 0) {
        wait = ahead.compareTo(wait) < 0 ? ahead : wait;
      } else if (!active.containsKey(run.id())) {
        if (left > 0) {
          left--;
          begin(run);
        } else {
          known.add(run);
        }
      }
    }
    return wait;
  }

  private void begin(FlowRuns.FlowRun run) {
    enter(run.id(), forNew()).ifPresent(a -> start(a, mine -> carrying.carry(run, mine)));
  }

  /** Begins what was due a moment ago; that it still is, is asked when it is claimed. */
  private int beginKnown(int room) {
    if (System.nanoTime() - looked > CALM.toNanos()) {
      known.clear();
    }
    int begun = 0;
    while (begun < room && !known.isEmpty()) {
      FlowRuns.FlowRun run = known.removeFirst();
      if (!active.containsKey(run.id())) {
        begun++;
        begin(run);
      }
    }
    return begun;
  }

  private Optional<Takeover.Seat> seat(UUID flowRun) {
    return stopping
        ? Optional.empty()
        : enter(flowRun, settings.limit()).map(mine -> new Kept(mine));
  }

  /** Takes one of so many seats; empty: they are taken, or the flow run has one. */
  private synchronized Optional<Active> enter(UUID flowRun, int most) {
    Active mine = new Active(flowRun);
    return active.size() < most && active.putIfAbsent(flowRun, mine) == null
        ? Optional.of(mine)
        : Optional.empty();
  }

  private void leave(Active mine) {
    active.remove(mine.flowRun());
    bell.ring();
    if (heart.standing() > 0) {
      heart.lookSoon();
    }
  }

  /** A seat for what is taken over. */
  private final class Kept implements Takeover.Seat {
    private final Active mine;

    Kept(Active mine) {
      this.mine = mine;
    }

    @Override
    public void carryOut(FlowRuns.FlowRun run, Claim claim) {
      start(mine, a -> carrying.carryOut(run, claim, a));
    }

    @Override
    public void findOut(FlowRuns.FlowRun run, Claim claim) {
      start(mine, a -> carrying.findOut(run, claim, a));
    }

    @Override
    public void leave() {
      Worker.this.leave(mine);
    }
  }

  private interface Job {
    void run(Active active) throws InterruptedException;
  }

  private void start(Active mine, Job job) {
    Thread.ofVirtual()
        .name("flow run " + mine.flowRun())
        .start(
            () -> {
              try {
                job.run(mine);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              } catch (RuntimeException e) {
                LOG.error("flow run {}: the worker broke", mine.flowRun(), e);
                place.tell("broke", mine.flowRun(), Optional.empty(), "the worker broke: " + e);
              } finally {
                leave(mine);
              }
            });
  }

  private void follow() {
    UUID pool = heart.pool();
    if (isStreaming() && pool.equals(streamed)) {
      return;
    }
    if (stream != null) {
      stream.close(); // The pool was deleted and made again, or the stream has ended.
    }
    streamed = pool;
    EventFilter filter =
        EventFilter.ALL.prefixes("prefect.flow-run.").concerning("prefect.work-pool." + pool);
    stream = place.client().events().follow(filter, heart.serverTime(), this::hear);
  }

  private void hear(Events.Event event) {
    if (MAKES_WORK.contains(event.resource().getOrDefault("prefect.state-type", ""))) {
      bell.ring();
    }
  }

  private boolean isStreaming() {
    return stream != null && !stream.end().isDone();
  }

  private void lost(PrefectException e) {
    String what = e.fault().map(this::words).orElse("the server can't be asked");
    if (!what.equals(away)) {
      away = what;
      place.tell("away", what + "; what runs goes on: " + e.getMessage());
    }
  }

  private String words(Fault fault) {
    return switch (fault) {
      case Fault.Unreachable _, Fault.ServerError _ -> "the server does not answer";
      case Fault.RateLimited _, Fault.Locked _ -> "the server has too much to do";
      case Fault.Unauthorized _ -> "the server does not let the worker in any more";
      case Fault.NotFound _ -> "work pool " + settings.pool() + " is not there any more";
      case Fault.Conflict _, Fault.Invalid _, Fault.Malformed _ ->
          "the server does not take what it is asked";
    };
  }

  private void back() {
    if (away != null) {
      away = null;
      place.tell("back", "the server gives work again");
    }
  }

  private void finish() throws InterruptedException {
    if (!active.isEmpty()) {
      String text = "takes nothing new; waits " + settings.grace().toSeconds() + " s at most for ";
      place.tell("stopping", text + active.size() + " that run");
    }
    long end = System.nanoTime() + settings.grace().toNanos();
    while (!active.isEmpty() && !hurried && System.nanoTime() < end) {
      bell.await(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
    }
    active.values().forEach(a -> a.stop(Active.Stop.HAND_BACK, place.claims()));
    long most = System.nanoTime() + LONG.multipliedBy(2).toNanos();
    while (!active.isEmpty() && System.nanoTime() < most) {
      bell.await(Duration.ofSeconds(1));
    }
  }
}
