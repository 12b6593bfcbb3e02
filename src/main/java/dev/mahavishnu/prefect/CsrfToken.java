package dev.mahavishnu.prefect;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.core.JacksonException;

/**
 * The token that a server may want with each change. None is asked for until the server wants one;
 * a new one makes the server forget the old, so threads that find theirs refused at the same time
 * must share one.
 */
final class CsrfToken {
  private static final Duration MARGIN = Duration.ofSeconds(30);

  /** Sends a call with a token. */
  interface Exchange {
    Answer send(ApiCall call, Optional<Held> token) throws IOException;
  }

  /** A token, and until when it serves. */
  record Held(String client, String token, Instant until) {
    Map<String, String> headers() {
      return Map.of("Prefect-Csrf-Client", client, "Prefect-Csrf-Token", token);
    }
  }

  private record Issued(String token, Instant expiration) {}

  private final Exchange exchange;
  private final Clock clock;
  private final String client = UUID.randomUUID().toString();
  private final ReentrantLock lock = new ReentrantLock();
  private volatile Optional<Held> held = Optional.empty();

  CsrfToken(Exchange exchange, Clock clock) {
    this.exchange = exchange;
    this.clock = clock;
  }

  /** The token in hand, a new one when it is about to expire. */
  Optional<Held> held() throws IOException {
    Optional<Held> now = held;
    boolean old = now.isPresent() && clock.instant().isAfter(now.get().until().minus(MARGIN));
    return old ? renewed(now) : now;
  }

  /**
   * Another token than the one refused; empty: the server gives none.
   *
   * @param refused what the server did not take
   */
  Optional<Held> renewed(Optional<Held> refused) throws IOException {
    lock.lock();
    try {
      if (held.isPresent() && !held.equals(refused)) {
        return held;
      }
      ApiCall call = ApiCall.get("/csrf-token?client=" + client);
      Answer answer = exchange.send(call, Optional.empty());
      if (!answer.isGood()) {
        return Optional.empty();
      }
      Issued issued = Wire.MAPPER.readValue(answer.body(), Issued.class);
      held = Optional.of(new Held(client, issued.token(), issued.expiration()));
      return held;
    } catch (JacksonException e) {
      throw new IOException(e);
    } finally {
      lock.unlock();
    }
  }
}
