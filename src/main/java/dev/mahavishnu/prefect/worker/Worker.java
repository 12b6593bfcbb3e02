package dev.mahavishnu.prefect.worker;

import dev.mahavishnu.prefect.EventFilter;
import dev.mahavishnu.prefect.Events;
import dev.mahavishnu.prefect.FlowRuns;
import dev.mahavishnu.prefect.Following;
import dev.mahavishnu.prefect.PrefectException;
import dev.mahavishnu.prefect.WorkPools;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes the flow runs of a work pool that are due and executes them, so many at a time, until it is
 * stopped. A server that is away for a while stops nothing that runs.
 */
public final class Worker {
  /** With events, polling is only for what they miss. */
  private static final Duration CALM = Duration.ofSeconds(5);

  private static final Duration WITHOUT_EVENTS = Duration.ofSeconds(1);
  private static final Duration AHEAD = Duration.ofSeconds(10);
  private static final Duration LONG = Duration.ofSeconds(30);

  /** What happens at once is not asked for one by one, and a slow server gets time for others. */
  private static final Duration APART = Duration.ofMillis(30);

  private static final Set<String> MAKES_WORK =
      Set.of("SCHEDULED", "COMPLETED", "FAILED", "CRASHED", "CANCELLED", "PAUSED");

  private final Workplace place;
  private final WorkerSettings settings;
  private final Map<UUID, Active> active = new ConcurrentHashMap<>();
  private final Bell bell = new Bell();
  private final Carrying carrying;
  private final Heart heart;
  private volatile boolean stopping;
  private volatile boolean hurried;
  private boolean away;
  private @Nullable Following stream;

  public Worker(Workplace place, WorkerSettings settings) {
    this.place = place;
    this.settings = settings;
    Claims claims = new Claims(place.client().flowRuns(), settings.name(), place.clock());
    this.carrying = new Carrying(place, claims);
    this.heart = new Heart(place, settings, claims, active.values(), this::carryOut);
  }

  /**
   * Works until it is stopped, and everything that ran has ended or is handed back.
   *
   * @throws PrefectException when the server can't be reached at the start, or has no such pool
   */
  public void run() throws InterruptedException {
    heart.beat();
    Thread beating = Thread.ofVirtual().name("heart").start(heart::goOn);
    try {
      while (!stopping) {
        long start = System.nanoTime();
        Duration wait = poll();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        bell.await(wait);
        if (!stopping) {
          Thread.sleep(took.compareTo(APART) > 0 ? took : APART);
        }
      }
      finish();
    } finally {
      beating.interrupt();
      beating.join();
      if (stream != null) {
        stream.close();
      }
    }
    if (active.isEmpty()) {
      heart.stop();
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
    int room = settings.limit() - active.size();
    if (room <= 0) {
      return LONG;
    }
    try {
      follow();
      Instant now = heart.serverTime();
      List<WorkPools.Work> works =
          place
              .client()
              .workPools()
              .due(settings.pool(), now.plus(AHEAD), settings.limit() + room, settings.queues());
      back();
      return begin(works, now, room);
    } catch (PrefectException e) {
      lost(e);
      return WITHOUT_EVENTS;
    }
  }

  private Duration begin(List<WorkPools.Work> works, Instant now, int room) {
    int left = room;
    Duration wait = isStreaming() ? CALM : WITHOUT_EVENTS;
    for (WorkPools.Work work : works) {
      FlowRuns.FlowRun run = work.flowRun();
      Duration ahead = Duration.between(now, run.nextScheduledStartTime().orElse(now));
      if (ahead.toMillis() > 0) {
        wait = ahead.compareTo(wait) < 0 ? ahead : wait;
      } else if (left > 0 && !active.containsKey(run.id())) {
        left--;
        start(run.id(), a -> carrying.carry(run, a));
      }
    }
    return wait;
  }

  /** Executes what is claimed already; false: there is no room. */
  private boolean carryOut(FlowRuns.FlowRun run, Claim claim) {
    if (stopping || active.size() >= settings.limit()) {
      return false;
    }
    start(run.id(), a -> carrying.carryOut(run, claim, a));
    return true;
  }

  private interface Job {
    void run(Active active) throws InterruptedException;
  }

  private void start(UUID flowRun, Job job) {
    Active mine = new Active(flowRun);
    if (active.putIfAbsent(flowRun, mine) != null) {
      return;
    }
    Thread.ofVirtual()
        .name("flow run " + flowRun)
        .start(
            () -> {
              try {
                job.run(mine);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              } finally {
                active.remove(flowRun);
                bell.ring();
              }
            });
  }

  private void follow() {
    if (isStreaming()) {
      return;
    }
    UUID pool = heart.pool();
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
    if (!away) {
      away = true;
      place.tell("away", "the server does not answer; what runs goes on: " + e.getMessage());
    }
  }

  private void back() {
    if (away) {
      away = false;
      place.tell("back", "the server answers again");
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
