package dev.mahavishnu.prefect;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * A stream that is followed until it is closed: opened again where it breaks. Items come one at a
 * time, on a thread of the network; a slow listener slows the stream.
 */
public final class Following implements AutoCloseable {
  private static final Duration PING = Duration.ofSeconds(5);

  private final Api api;
  private final String path;
  private final Supplier<JsonNode> hello;
  private final Runnable catchUp;
  private final int catchUps;
  private final Consumer<JsonNode> items;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final CompletableFuture<Optional<Fault>> end = new CompletableFuture<>();
  private final Thread thread;

  /**
   * @param hello what is sent when the server has let us in: the filter
   * @param catchUp fetches what was missed, each time that the stream was opened
   * @param catchUps how often it is done after that, every 5 seconds, where a server tells late
   *     what happened before
   */
  Following(
      Api api,
      String path,
      Supplier<JsonNode> hello,
      Runnable catchUp,
      int catchUps,
      Consumer<JsonNode> items) {
    this.api = api;
    this.path = path;
    this.hello = hello;
    this.catchUp = catchUp;
    this.catchUps = catchUps;
    this.items = items;
    this.thread = Thread.ofVirtual().name("prefect" + path).start(this::follow);
  }

  private void follow() {
    int failed = 0;
    try {
      while (true) {
        Fault fault;
        try (StreamSocket socket = StreamSocket.open(api, path, items)) {
          socket.send(hello.get());
          // A server that dislikes the filter closes before it can answer this.
          socket.confirm();
          catchUp.run();
          ready.complete(null);
          failed = 0;
          fault = untilEnd(socket);
        } catch (PrefectException e) {
          fault = e.fault().orElseThrow(() -> e);
        }
        failed++;
        Optional<Duration> wait = isPassing(fault) ? api.wait(failed) : Optional.empty();
        if (wait.isEmpty()) {
          finish(Optional.of(fault));
          return;
        }
        api.pause(wait.get());
      }
    } catch (InterruptedException _) {
      finish(Optional.empty());
    } catch (RuntimeException e) {
      end.completeExceptionally(e);
      ready.completeExceptionally(e);
    }
  }

  /** What was missed is fetched by calls, which a server may be too busy for. */
  private static boolean isPassing(Fault fault) {
    return fault instanceof Fault.Unreachable
        || fault instanceof Fault.ServerError
        || fault instanceof Fault.RateLimited;
  }

  private void finish(Optional<Fault> fault) {
    end.complete(fault);
    ready.completeExceptionally(
        api.failed("stream " + path, fault.orElse(new Fault.Unreachable("closed by us"))));
  }

  /** A connection of which the other end is gone says nothing for ever, so it is asked. */
  private Fault untilEnd(StreamSocket socket) throws InterruptedException {
    for (int ping = 1; ; ping++) {
      try {
        return socket.ended().get(PING.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException _) {
        socket.confirm();
        if (ping <= catchUps) {
          catchUp.run();
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /**
   * Returns when the server streams: what happens from now on will be seen.
   *
   * @throws PrefectException when it does not within the client's time-out, or refuses
   */
  public Following awaitReady() {
    try {
      ready.get(api.timeout().toMillis(), TimeUnit.MILLISECONDS);
      return this;
    } catch (TimeoutException _) {
      throw api.failed("stream " + path, new Fault.Unreachable("it does not open in time"));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof PrefectException refused) {
        throw refused;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw api.failed("stream " + path, new Fault.Unreachable("interrupted"));
    }
  }

  /** Done when it is over: empty when closed, else why it can't go on, after all retries. */
  public Future<Optional<Fault>> end() {
    return end;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
