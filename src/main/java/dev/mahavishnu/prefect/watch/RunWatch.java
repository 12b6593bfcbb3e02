package dev.mahavishnu.prefect.watch;

import dev.mahavishnu.prefect.Fault;
import dev.mahavishnu.prefect.Filter;
import dev.mahavishnu.prefect.FlowRuns.FlowRun;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.PrefectException;
import dev.mahavishnu.prefect.ServerState;
import dev.mahavishnu.prefect.TaskRuns.TaskRun;
import dev.mahavishnu.run.StateType;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Follows one flow run with its subflows: by the server's streams, and by asking where it does not
 * stream and now and then to be sure. A server that goes away is waited for. What was before comes
 * first. One thread takes the news.
 */
public final class RunWatch implements AutoCloseable {
  private static final Duration SOON = Duration.ofMillis(500);
  private static final Duration SURE = Duration.ofSeconds(30);

  private sealed interface Item {
    record Told(News news) implements Item {}

    record Over() implements Item {}

    record Broken(PrefectException fault) implements Item {}

    record Woken() implements Item {}
  }

  private final PrefectClient client;
  private final UUID run;
  private final Seen seen;
  private final RunStreams streams;
  private final LinkedBlockingQueue<Item> items = new LinkedBlockingQueue<>();
  private final Semaphore wake = new Semaphore(0);
  private final Thread asking;
  private final boolean once;
  private final RunLines lines;
  private boolean over;
  private boolean lost;
  private long tasksAsked;
  private long linesAsked;
  private volatile @Nullable Long endSeen;

  /**
   * Begins.
   *
   * @param start the run as it is
   */
  public RunWatch(PrefectClient client, FlowRun start) {
    this(client, start, false, Seen.MOST_LINES);
  }

  /** Tells what there is now, and is over then. */
  public static RunWatch once(PrefectClient client, FlowRun start) {
    return new RunWatch(client, start, true, Seen.MOST_LINES);
  }

  RunWatch(PrefectClient client, FlowRun start, boolean once, int mostLines) {
    this.client = client;
    this.once = once;
    this.run = start.id();
    this.seen = new Seen(run, mostLines);
    this.lines = new RunLines(client, run, seen, this::tell, wake::release);
    this.streams =
        new RunStreams(
            client,
            event -> {
              tell(() -> seen.event(event));
              boolean _ = lines.tellNamed(false);
              wakeAtEnd();
            },
            line -> tell(() -> lines.streamed(line)));
    tell(() -> seen.run(start, Optional.empty()));
    this.asking = Thread.ofVirtual().name("prefect watch").start(this::follow);
  }

  /** Looks at it, where there is any; gives whether there was news. */
  private boolean tell(Supplier<Optional<News>> look) {
    synchronized (seen) {
      Optional<News> news = look.get();
      news.map(Item.Told::new).ifPresent(items::add);
      return news.isPresent();
    }
  }

  private boolean askNames() {
    boolean news = false;
    if (lines.isAnyNameless()) {
      news = askSubflows();
      news |= askTasks();
      news |= lines.tellNamed(once);
    }
    return news;
  }

  /**
   * What is new, in about the order in which it happened.
   *
   * @param most how long to wait for some
   * @return empty when nothing came in that time, when the watch is over, and after {@link
   *     #interrupt}
   * @throws PrefectException when the run can't be watched any more: it was deleted, or the server
   *     does not let us in
   */
  public Optional<News> next(Duration most) throws InterruptedException {
    Item item = over ? null : items.poll(most.toMillis(), TimeUnit.MILLISECONDS);
    return switch (item) {
      case Item.Told(News news) -> Optional.of(news);
      case Item.Over _ -> {
        over = true;
        yield Optional.empty();
      }
      case Item.Broken(PrefectException fault) -> {
        over = true;
        throw fault;
      }
      case Item.Woken _ -> Optional.empty();
      case null -> Optional.empty();
    };
  }

  /** Lets {@link #next} return; for any thread. */
  public void interrupt() {
    items.add(new Item.Woken());
  }

  /** Whether the run has ended, or is paused, and all that belongs to it was told. */
  public boolean isOver() {
    return over;
  }

  /** What it is in, as far as is known. */
  public Optional<ServerState> state() {
    synchronized (seen) {
      return seen.state();
    }
  }

  /** The task runs that were seen, with what they are in. */
  public Map<UUID, ServerState> tasks() {
    synchronized (seen) {
      return seen.tasks();
    }
  }

  private boolean isAtEnd() {
    return state()
        .filter(s -> s.isFinal() || s.known().filter(t -> t == StateType.PAUSED).isPresent())
        .isPresent();
  }

  private void wakeAtEnd() {
    if (isAtEnd()) {
      wake.release();
    }
  }

  private void follow() {
    Pace pace = new Pace();
    try {
      while (true) {
        boolean news = false;
        boolean asked = false;
        try {
          news = ask();
          asked = true;
          back();
        } catch (PrefectException e) {
          if (!isPassing(e)) {
            items.add(new Item.Broken(e));
            return;
          }
          lost(e);
        }
        if ((once && asked) || (isAtEnd() && hasAll(asked))) {
          boolean _ = lines.tellNamed(true);
          items.add(new Item.Over());
          return;
        }
        endSeen = isAtEnd() ? endSeen : null;
        Duration wait = pace.next(news, streams.isLive(runs().size()) && !lost);
        pause(isAtEnd() || lines.isAnyNameless() ? SOON : wait);
      }
    } catch (InterruptedException _) {
      // Closed.
    } catch (RuntimeException e) {
      items.add(new Item.Broken(new PrefectException("the run can't be watched: " + e)));
    }
  }

  private void pause(Duration time) throws InterruptedException {
    if (wake.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS)) {
      wake.drainPermits();
    }
  }

  /** Whether nothing more is to be expected of a run that has ended. */
  private boolean hasAll(boolean asked) {
    Long since = endSeen;
    if (since == null) {
      endSeen = System.nanoTime();
      return false;
    }
    return !asked || lines.hasAll(state(), Duration.ofNanos(System.nanoTime() - since));
  }

  private List<UUID> runs() {
    synchronized (seen) {
      return List.copyOf(seen.runs());
    }
  }

  private boolean ask() {
    boolean news = false;
    if (!once) {
      streams.open(runs());
    }
    if (isDue(tasksAsked, streams.eventsLive(runs().size()) ? SURE : Duration.ZERO)) {
      tasksAsked = System.nanoTime();
      news |= askSubflows();
      news |= askTasks();
    }
    if (isDue(linesAsked, streams.logsLive(runs().size()) ? RunLines.LATE : Duration.ZERO)) {
      linesAsked = System.nanoTime();
      news |= lines.ask(runs());
    }
    news |= askNames();
    FlowRun now =
        client
            .flowRuns()
            .find(run)
            .orElseThrow(() -> new PrefectException("the run was deleted on the server"));
    news |= tell(() -> seen.run(now, Optional.empty()));
    return news;
  }

  private boolean isDue(long asked, Duration every) {
    return asked == 0 || isAtEnd() || System.nanoTime() - asked >= every.toNanos();
  }

  /** Those of subflows are found level by level. */
  private boolean askSubflows() {
    boolean news = false;
    for (int known = 0; known < runs().size(); ) {
      List<UUID> level = runs().subList(known, runs().size());
      known = runs().size();
      for (UUID parent : level) {
        List<FlowRun> children =
            client.flowRuns().filter(Filter.ALL.parents(parent)).limit(1000).toList();
        for (FlowRun child : children) {
          news |= tell(() -> seen.run(child, Optional.of(parent)));
        }
      }
    }
    return news;
  }

  private boolean askTasks() {
    List<TaskRun> all =
        client
            .taskRuns()
            .filter(Filter.ALL.flowRunIds(runs().toArray(UUID[]::new)))
            .sorted(Comparator.comparing(RunWatch::time))
            .toList();
    boolean news = false;
    for (TaskRun task : all) {
      news |= tell(() -> seen.task(task));
    }
    return news;
  }

  private static Instant time(TaskRun task) {
    return task.state().flatMap(ServerState::timestamp).orElse(Instant.EPOCH);
  }

  private static boolean isPassing(PrefectException e) {
    return switch (e.fault().orElse(null)) {
      case Fault.Unreachable _,
          Fault.ServerError _,
          Fault.RateLimited _,
          Fault.Locked _,
          Fault.Malformed _ ->
          true;
      case Fault.Unauthorized _, Fault.NotFound _, Fault.Conflict _, Fault.Invalid _ -> false;
      case null -> false;
    };
  }

  private void lost(PrefectException e) {
    if (!lost) {
      lost = true;
      items.add(new Item.Told(new News.Lost(e.why())));
    }
  }

  private void back() {
    if (lost) {
      lost = false;
      items.add(new Item.Told(new News.Back()));
    }
  }

  @Override
  public void close() {
    asking.interrupt();
    streams.close();
  }
}
