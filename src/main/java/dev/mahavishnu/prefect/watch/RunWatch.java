package dev.mahavishnu.prefect.watch;

import dev.mahavishnu.prefect.Fault;
import dev.mahavishnu.prefect.Filter;
import dev.mahavishnu.prefect.FlowRuns.FlowRun;
import dev.mahavishnu.prefect.LogFilter;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.PrefectException;
import dev.mahavishnu.prefect.ServerLogs;
import dev.mahavishnu.prefect.ServerState;
import dev.mahavishnu.prefect.TaskRuns.TaskRun;
import dev.mahavishnu.run.StateType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Follows one flow run with its subflows: by the server's streams, and by asking where it does not
 * stream and now and then to be sure. A server that goes away is waited for. What was before comes
 * first. One thread takes the news.
 */
public final class RunWatch implements AutoCloseable {
  /** Whoever runs a flow may send the last lines of its log a little after its end. */
  private static final Duration LATE_LINES = Duration.ofMillis(2500);

  /** What Prefect's own engine says first and, of a run that completes or fails, last. */
  private static final String FIRST_LINE = "Beginning flow run ";

  private static final String LAST_LINE = "Finished in state ";

  /** It sends its log every two seconds, and a busy server may take its time to store it. */
  private static final Duration LAST_LINE_WAIT = Duration.ofSeconds(15);

  private static final Duration SOON = Duration.ofMillis(500);
  private static final Duration SURE = Duration.ofSeconds(30);
  private static final Duration LATE = Duration.ofSeconds(10);

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
  private boolean over;
  private boolean lost;
  private volatile boolean firstLine;
  private volatile boolean lastLine;
  private final Nameless nameless = new Nameless();
  private final List<ServerLogs.Stored> early = new ArrayList<>();
  private boolean pastRead;

  /** Runs whose lines were read from the first on; of those in {@code part} up to a time. */
  private final Set<UUID> read = new HashSet<>();

  private List<UUID> part = List.of();
  private Instant partUntil = Instant.EPOCH;
  private Instant newestLine = Instant.EPOCH;
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
    this.streams =
        new RunStreams(
            client,
            event -> {
              tell(() -> seen.event(event));
              boolean _ = tellNamed(false);
              wakeAtEnd();
            },
            line -> tell(() -> streamed(line)));
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

  /** What is said while the past is still read comes after it. */
  private Optional<News> streamed(ServerLogs.Stored line) {
    if (pastRead) {
      return said(line);
    }
    early.add(line);
    return Optional.empty();
  }

  private Optional<News> said(ServerLogs.Stored line) {
    if (line.timestamp().isAfter(newestLine)) {
      newestLine = line.timestamp();
    }
    if (line.flowRunId().filter(run::equals).isPresent()) {
      if (line.message().startsWith(FIRST_LINE)) {
        firstLine = true;
      } else if (line.message().startsWith(LAST_LINE) && line.taskRunId().isEmpty()) {
        lastLine = true;
      }
    }
    boolean first = nameless.isEmpty();
    if (!nameless.keeps(line, seen::knows)) {
      return seen.log(line);
    }
    if (first) {
      wake.release();
    }
    return Optional.empty();
  }

  private boolean askNames() {
    boolean news = false;
    if (isAnyNameless()) {
      news = askSubflows();
      news |= askTasks();
      news |= tellNamed(once);
    }
    return news;
  }

  private boolean isAnyNameless() {
    synchronized (seen) {
      return !nameless.isEmpty();
    }
  }

  /** Tells the lines that have waited for the names of their tasks. */
  private boolean tellNamed(boolean all) {
    synchronized (seen) {
      boolean news = false;
      for (ServerLogs.Stored line : nameless.take(seen::knows, all)) {
        news |= tell(() -> seen.log(line));
      }
      return news;
    }
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
          boolean _ = tellNamed(true);
          items.add(new Item.Over());
          return;
        }
        endSeen = isAtEnd() ? endSeen : null;
        Duration wait = pace.next(news, streams.isLive(runs().size()) && !lost);
        pause(isAtEnd() || isAnyNameless() ? SOON : wait);
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
    Duration most = firstLine && hasLastLine() ? LAST_LINE_WAIT : LATE_LINES;
    boolean late = System.nanoTime() - since >= most.toNanos();
    return !asked || late || lastLine;
  }

  private boolean hasLastLine() {
    return state()
        .flatMap(ServerState::known)
        .filter(t -> t == StateType.COMPLETED || t == StateType.FAILED)
        .isPresent();
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
    if (isDue(linesAsked, streams.logsLive(runs().size()) ? LATE : Duration.ZERO)) {
      linesAsked = System.nanoTime();
      news |= askLines();
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

  private boolean askLines() {
    Instant from;
    synchronized (seen) {
      from = newestLine;
    }
    List<UUID> before = runs().stream().filter(read::contains).toList();
    boolean news = askPast();
    if (!before.isEmpty()) {
      for (ServerLogs.Stored line : lines(before, from).toList()) {
        news |= tell(() -> said(line));
      }
    }
    return news;
  }

  private Stream<ServerLogs.Stored> lines(List<UUID> of, Instant from) {
    LogFilter filter = LogFilter.ALL.flowRuns(of.toArray(UUID[]::new));
    boolean all = from.equals(Instant.EPOCH);
    return client.logs().filter(all ? filter : filter.since(from.minus(LATE)));
  }

  /**
   * Reads the lines of runs that are new here, once, and no stream does: a log is longer than what
   * is remembered of it, so whatever is read again from the first line on is told again.
   */
  private boolean askPast() {
    List<UUID> fresh = runs().stream().filter(id -> !read.contains(id)).toList();
    if (fresh.isEmpty()) {
      return false;
    }
    if (!part.equals(fresh)) {
      part = fresh;
      partUntil = Instant.EPOCH;
    }
    boolean news = false;
    for (ServerLogs.Stored line : (Iterable<ServerLogs.Stored>) lines(fresh, partUntil)::iterator) {
      news |= tell(() -> said(line));
      partUntil = line.timestamp();
    }
    read.addAll(fresh);
    synchronized (seen) {
      pastRead = true;
      for (ServerLogs.Stored line : early) {
        news |= tell(() -> said(line));
      }
      early.clear();
    }
    return news;
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
