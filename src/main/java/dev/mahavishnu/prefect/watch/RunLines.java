package dev.mahavishnu.prefect.watch;

import dev.mahavishnu.prefect.LogFilter;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.ServerLogs;
import dev.mahavishnu.prefect.ServerState;
import dev.mahavishnu.run.StateType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The log of a flow run and its subflows: streamed, and read from where it was read to. Lines wait
 * for the names of their tasks, and those of the stream for what was said before.
 */
final class RunLines {
  /** Lines come to the server in another order than they were said in, by as much as this. */
  static final Duration LATE = Duration.ofSeconds(10);

  /** Whoever runs a flow may send the last lines of its log a little after its end. */
  private static final Duration LATE_LINES = Duration.ofMillis(2500);

  /** What Prefect's own engine says first and, of a run that completes or fails, last. */
  private static final String FIRST_LINE = "Beginning flow run ";

  private static final String LAST_LINE = "Finished in state ";

  /** It sends its log every two seconds, and a busy server may take its time to store it. */
  private static final Duration LAST_LINE_WAIT = Duration.ofSeconds(15);

  private final PrefectClient client;
  private final UUID run;
  private final Seen seen;
  private final Predicate<Supplier<Optional<News>>> tell;
  private final Runnable unnamed;
  private final Nameless nameless = new Nameless();
  private final List<ServerLogs.Stored> early = new ArrayList<>();
  private boolean pastRead;
  private volatile boolean firstLine;
  private volatile boolean lastLine;

  /** Runs whose lines were read from the first on; of those in {@code part} up to a time. */
  private final Set<UUID> read = new HashSet<>();

  private List<UUID> part = List.of();
  private Instant partUntil = Instant.EPOCH;
  private Instant newestLine = Instant.EPOCH;

  /**
   * @param run the one that is watched; what it says last tells that its log is over
   * @param seen guards what the stream changes, too
   * @param tell passes news on and tells whether there were any; holds {@code seen} meanwhile
   * @param unnamed called when a first line has to wait for the name of its task
   */
  RunLines(
      PrefectClient client,
      UUID run,
      Seen seen,
      Predicate<Supplier<Optional<News>>> tell,
      Runnable unnamed) {
    this.client = client;
    this.run = run;
    this.seen = seen;
    this.tell = tell;
    this.unnamed = unnamed;
  }

  /** What is said while the past is still read comes after it. */
  Optional<News> streamed(ServerLogs.Stored line) {
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
    if (line.flowRunId().filter(run::equals).isPresent() && line.taskRunId().isEmpty()) {
      if (line.message().startsWith(FIRST_LINE)) {
        firstLine = true;
      } else if (line.message().startsWith(LAST_LINE)) {
        lastLine = true;
      }
    }
    boolean first = nameless.isEmpty();
    if (!nameless.keeps(line, seen::knows)) {
      return seen.log(line);
    }
    if (first) {
      unnamed.run();
    }
    return Optional.empty();
  }

  boolean isAnyNameless() {
    synchronized (seen) {
      return !nameless.isEmpty();
    }
  }

  /** Tells the lines that have waited for the names of their tasks. */
  boolean tellNamed(boolean all) {
    synchronized (seen) {
      boolean news = false;
      for (ServerLogs.Stored line : nameless.take(seen::knows, all)) {
        news |= tell.test(() -> seen.log(line));
      }
      return news;
    }
  }

  /**
   * Whether nothing more is to be expected of the log.
   *
   * @param since how long ago the run was seen to have ended
   */
  boolean hasAll(Optional<ServerState> end, Duration since) {
    boolean saysLast =
        firstLine
            && end.flatMap(ServerState::known)
                .filter(t -> t == StateType.COMPLETED || t == StateType.FAILED)
                .isPresent();
    return lastLine || since.compareTo(saysLast ? LAST_LINE_WAIT : LATE_LINES) >= 0;
  }

  /** Asks the server for the lines of these runs that were not read yet. */
  boolean ask(List<UUID> runs) {
    Instant from;
    synchronized (seen) {
      from = newestLine;
    }
    List<UUID> before = runs.stream().filter(read::contains).toList();
    boolean news = askPast(runs);
    if (!before.isEmpty()) {
      for (ServerLogs.Stored line : lines(before, from).toList()) {
        news |= tell.test(() -> said(line));
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
  private boolean askPast(List<UUID> runs) {
    List<UUID> fresh = runs.stream().filter(id -> !read.contains(id)).toList();
    if (fresh.isEmpty()) {
      return false;
    }
    if (!part.equals(fresh)) {
      part = fresh;
      partUntil = Instant.EPOCH;
    }
    boolean news = false;
    for (ServerLogs.Stored line : (Iterable<ServerLogs.Stored>) lines(fresh, partUntil)::iterator) {
      news |= tell.test(() -> said(line));
      partUntil = line.timestamp();
    }
    read.addAll(fresh);
    synchronized (seen) {
      pastRead = true;
      for (ServerLogs.Stored line : early) {
        news |= tell.test(() -> said(line));
      }
      early.clear();
    }
    return news;
  }
}
