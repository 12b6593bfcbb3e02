package dev.mahavishnu.prefect.mirror;

import dev.mahavishnu.prefect.EventFilter;
import dev.mahavishnu.prefect.Events;
import dev.mahavishnu.prefect.Following;
import dev.mahavishnu.prefect.PrefectClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hears from the server's event stream that somebody did something to a flow run, so that it is not
 * found out only at the next look. One stream for all runs, opened when a run lasts long enough for
 * a person to have a wish.
 */
final class Nudges implements AutoCloseable {
  private static final Duration DELAY = Duration.ofSeconds(2);
  private static final Duration AGAIN = Duration.ofSeconds(30);
  private static final String FLOW_RUN = "prefect.flow-run.";
  private static final EventFilter STATES =
      EventFilter.ALL.names(
          FLOW_RUN + "Cancelling",
          FLOW_RUN + "Cancelled",
          FLOW_RUN + "Paused",
          FLOW_RUN + "Suspended",
          FLOW_RUN + "Running");

  private final Supplier<PrefectClient> client;
  private final Consumer<UUID> nudge;
  private @Nullable Thread thread;

  Nudges(Supplier<PrefectClient> client, Consumer<UUID> nudge) {
    this.client = client;
    this.nudge = nudge;
  }

  synchronized void start() {
    if (thread == null) {
      thread = Thread.ofVirtual().name("mirror listens").start(this::listen);
    }
  }

  private void listen() {
    try {
      Thread.sleep(DELAY);
      while (true) {
        try (Following following =
            client.get().events().follow(STATES, Instant.now(), event -> heard(event))) {
          Object _ = following.end().get();
        } catch (java.util.concurrent.ExecutionException _) {
          // Polling finds out too.
        }
        Thread.sleep(AGAIN);
      }
    } catch (InterruptedException _) {
      // Closed.
    }
  }

  private void heard(Events.Event event) {
    String id = Map.copyOf(event.resource()).getOrDefault("prefect.resource.id", "");
    if (id.startsWith(FLOW_RUN)) {
      try {
        nudge.accept(UUID.fromString(id.substring(FLOW_RUN.length())));
      } catch (IllegalArgumentException _) {
        // Not one of ours.
      }
    }
  }

  @Override
  public synchronized void close() {
    if (thread != null) {
      thread.interrupt();
    }
  }
}
