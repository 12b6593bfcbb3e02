package dev.mahavishnu.prefect;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Sends events to a server over one websocket, which is opened with the first and again when it
 * broke. Safe for several threads, one after the other.
 */
public final class EventSender implements AutoCloseable {
  private final Api api;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable StreamSocket socket;
  private final AtomicLong connections = new AtomicLong();

  EventSender(Api api) {
    this.api = api;
  }

  /**
   * Returns when the server has taken all of them from the network, in this order; it stores them
   * later. Where the connection breaks all are sent again, which does no harm as each has an id.
   *
   * @throws PrefectException when it can't be done, after all retries; some may have arrived
   */
  public void send(List<? extends JsonNode> events) {
    lock.lock();
    try {
      for (int attempt = 1; ; attempt++) {
        try {
          StreamSocket open = open();
          for (JsonNode event : events) {
            open.send(event);
          }
          open.confirm();
          return;
        } catch (PrefectException e) {
          drop();
          Optional<Duration> wait = isPassing(e) ? api.wait(attempt) : Optional.empty();
          if (wait.isEmpty()) {
            throw e;
          }
          api.pause(wait.get());
        }
      }
    } catch (InterruptedException _) {
      drop();
      Thread.currentThread().interrupt();
      throw api.failed("stream /events/in", new Fault.Unreachable("interrupted"));
    } finally {
      lock.unlock();
    }
  }

  /**
   * How often the websocket was opened. When it has grown, a server that died may have lost events
   * that it took from the network before: what it had not stored is to be sent again.
   */
  public long connections() {
    return connections.get();
  }

  private static boolean isPassing(PrefectException e) {
    return e.fault().filter(Fault.Unreachable.class::isInstance).isPresent();
  }

  private StreamSocket open() throws InterruptedException {
    StreamSocket open = socket;
    if (open == null || open.ended().isDone()) {
      open = StreamSocket.open(api, "/events/in", _ -> {});
      socket = open;
      connections.incrementAndGet();
    }
    return open;
  }

  private void drop() {
    StreamSocket open = socket;
    if (open != null) {
      open.close();
      socket = null;
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      drop();
    } finally {
      lock.unlock();
    }
  }
}
