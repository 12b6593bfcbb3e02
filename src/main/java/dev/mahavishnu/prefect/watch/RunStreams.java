package dev.mahavishnu.prefect.watch;

import dev.mahavishnu.prefect.EventFilter;
import dev.mahavishnu.prefect.Events.Event;
import dev.mahavishnu.prefect.Fault;
import dev.mahavishnu.prefect.Following;
import dev.mahavishnu.prefect.LogFilter;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.PrefectException;
import dev.mahavishnu.prefect.ServerInfo;
import dev.mahavishnu.prefect.ServerLogs;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The streams of a run and its subflows, as far as the server has any. For one thread. */
final class RunStreams implements AutoCloseable {
  /** Each takes two connections; what more subflows there are is asked for. */
  private static final int MOST_RUNS = 8;

  private static final Duration AGAIN = Duration.ofSeconds(10);

  /** What happened shortly before is told too; a run that is older is asked for what it is in. */
  private static final Duration BEFORE = Duration.ofMinutes(1);

  private final PrefectClient client;
  private final Consumer<Event> events;
  private final Consumer<ServerLogs.Stored> lines;
  private final Map<UUID, Stream> eventStreams = new LinkedHashMap<>();
  private final Map<UUID, Stream> logStreams = new LinkedHashMap<>();
  private ServerInfo.@Nullable Streams told;
  private volatile boolean closed;

  /** A stream with what is known of it. */
  private static final class Stream {
    private final Following following;
    private final long opened = System.nanoTime();
    private volatile boolean ready;

    Stream(Following following) {
      this.following = following;
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  Following _ = following.awaitReady();
                  ready = true;
                } catch (PrefectException | IllegalStateException _) {
                  // Then what it would tell is asked for.
                }
              });
    }

    boolean isLive() {
      return ready && !following.end().isDone();
    }

    private static boolean isPassing(Fault fault) {
      return fault instanceof Fault.Unreachable
          || fault instanceof Fault.ServerError
          || fault instanceof Fault.RateLimited;
    }

    /** Whether opening it anew may help. */
    boolean isWorthAnother() {
      if (!following.end().isDone() || System.nanoTime() - opened < AGAIN.toNanos()) {
        return false;
      }
      try {
        return following.end().get().filter(Stream::isPassing).isPresent();
      } catch (ExecutionException _) {
        return false;
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }

  RunStreams(PrefectClient client, Consumer<Event> events, Consumer<ServerLogs.Stored> lines) {
    this.client = client;
    this.events = events;
    this.lines = lines;
  }

  /** Opens what is not open yet, and what broke, of these runs. */
  void open(List<UUID> runs) {
    ServerInfo.Streams streamed = told;
    if (streamed == null) {
      // A server that does not tell may stream both.
      streamed = client.server().streams().orElse(new ServerInfo.Streams(true, true));
      told = streamed;
    }
    for (UUID run : runs.subList(0, Math.min(MOST_RUNS, runs.size()))) {
      if (streamed.events()) {
        open(eventStreams, run, () -> follow(run));
      }
      if (streamed.logs()) {
        open(logStreams, run, () -> followLines(run));
      }
    }
  }

  private Following follow(UUID run) {
    return client
        .events()
        .follow(
            EventFilter.ALL.about(run).prefixes("prefect.flow-run.", "prefect.task-run."),
            Instant.now().minus(BEFORE),
            events);
  }

  /** From about now on: a log may be long, and is read by asking. */
  private Following followLines(UUID run) {
    return client.logs().follow(LogFilter.ALL.flowRuns(run), Instant.now().minus(BEFORE), lines);
  }

  private synchronized void open(Map<UUID, Stream> streams, UUID run, Supplier<Following> follow) {
    Stream there = streams.get(run);
    if (!closed && (there == null || there.isWorthAnother())) {
      streams.put(run, new Stream(follow.get()));
    }
  }

  boolean eventsLive(int runs) {
    return isLive(eventStreams, runs);
  }

  boolean logsLive(int runs) {
    return isLive(logStreams, runs);
  }

  /** Whether streams tell everything of that many runs. */
  boolean isLive(int runs) {
    return eventsLive(runs) && logsLive(runs);
  }

  private static boolean isLive(Map<UUID, Stream> streams, int runs) {
    return streams.size() == runs && streams.values().stream().allMatch(Stream::isLive);
  }

  /** For any thread, once nothing is opened any more. */
  @Override
  public synchronized void close() {
    closed = true;
    close(eventStreams);
    close(logStreams);
  }

  private static void close(Map<UUID, Stream> streams) {
    List.copyOf(streams.values()).forEach(stream -> stream.following.close());
  }
}
