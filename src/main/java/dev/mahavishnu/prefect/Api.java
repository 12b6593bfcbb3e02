package dev.mahavishnu.prefect;

import dev.mahavishnu.secret.Redactor;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Sends calls to one server: with the credential, a CSRF token where the server wants one,
 * time-outs and retries. Safe for several threads.
 */
final class Api implements AutoCloseable {
  private static final String NO_API =
      "no Prefect API is there (404); check prefect.api_url, which usually ends with /api";

  /** More than any answer of a page of 200; a server that sends more is ill. */
  private static final long MOST_BYTES = 64L << 20;

  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** Waits; real time in the shell, a list of what was asked for in tests. */
  interface Pause {
    void sleep(Duration time) throws InterruptedException;
  }

  private final URI url;
  private final Optional<Credential> credential;
  private final Duration timeout;
  private final Retries retries;
  private final Clock clock;
  private final RandomGenerator random;
  private final Pause pause;
  private final HttpClient client;
  private final CsrfToken csrf;
  private final Redactor redactor = new Redactor();
  private final AtomicBoolean connected = new AtomicBoolean();

  Api(PrefectSettings settings, Clock clock, RandomGenerator random, Pause pause) {
    this.url =
        settings
            .apiUrl()
            .orElseThrow(() -> new PrefectException("prefect: no server is configured"))
            .value();
    this.credential = settings.credential().map(Known::value);
    this.timeout = settings.timeout();
    this.retries = Retries.upTo(settings.maxRetries());
    this.clock = clock;
    this.random = random;
    this.pause = pause;
    credential.ifPresent(c -> redactor.add(List.of(c.token(), c.header())));
    this.client =
        HttpClient.newBuilder()
            // An upgrade to HTTP/2 over plain TCP is nothing that Prefect's server knows.
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout.compareTo(CONNECT) < 0 ? timeout : CONNECT)
            .build();
    this.csrf = new CsrfToken(this::exchange, clock);
  }

  URI url() {
    return url;
  }

  Optional<Credential> credential() {
    return credential;
  }

  HttpClient client() {
    return client;
  }

  Clock clock() {
    return clock;
  }

  Duration timeout() {
    return timeout;
  }

  /** How long to wait before a stream is opened again; empty: not again. */
  Optional<Duration> wait(int failed) {
    return retries.wait(failed, Optional.empty(), random);
  }

  void pause(Duration time) throws InterruptedException {
    pause.sleep(time);
  }

  /**
   * The answer's body; missing where there is none.
   *
   * @throws PrefectException when the call came to nothing
   */
  JsonNode call(ApiCall call) {
    Answer answer = good(call);
    if (answer.body().isEmpty()) {
      return MissingNode.getInstance();
    }
    try {
      return Wire.MAPPER.readTree(answer.body());
    } catch (JacksonException _) {
      throw failed(call, new Fault.Malformed("what answers is not a Prefect API"));
    }
  }

  /**
   * The answer's body as a record.
   *
   * @throws PrefectException when the call came to nothing, or the record can't be read
   */
  <T> T call(ApiCall call, Class<T> type) {
    return read(call, call(call), type);
  }

  <T> T read(ApiCall call, JsonNode node, Class<T> type) {
    try {
      return Wire.read(node, type);
    } catch (JacksonException e) {
      String what = "a " + type.getSimpleName() + " that can't be read: " + e.getOriginalMessage();
      throw failed(call, new Fault.Malformed(redactor.redact(what)));
    }
  }

  <T> List<T> calls(ApiCall call, Class<T> type) {
    JsonNode list = call(call);
    if (!list.isArray()) {
      throw failed(call, new Fault.Malformed("a list was expected"));
    }
    return list.valueStream().map(node -> read(call, node, type)).toList();
  }

  /** As {@link #call}, but what isn't there is empty. */
  <T> Optional<T> find(ApiCall call, Class<T> type) {
    try {
      return Optional.of(call(call, type));
    } catch (PrefectException e) {
      if (e.fault().filter(Fault.NotFound.class::isInstance).isPresent()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Deletes; false when it wasn't there, which it isn't any more when the call was sent twice. */
  boolean delete(String path) {
    ApiCall call = ApiCall.delete(path);
    Answer answer = answer(call);
    if (!answer.isGood() && answer.status() != 404) {
      throw failed(call, answer.fault(clock.instant()));
    }
    return answer.isGood();
  }

  /** A good answer as a whole. */
  Answer good(ApiCall call) {
    Answer answer = answer(call);
    if (!answer.isGood()) {
      throw failed(call, answer.fault(clock.instant()));
    }
    return answer;
  }

  /** The last answer, when no retry was left or none could help. */
  private Answer answer(ApiCall call) {
    for (int attempt = 1; ; attempt++) {
      Optional<Duration> wait;
      try {
        Answer answer = authentic(call);
        boolean again = answer.isPassing() && (call.repeatable() || answer.isUndone());
        wait =
            again
                ? retries.wait(attempt, answer.retryAfter(clock.instant()), random)
                : Optional.empty();
        if (wait.isEmpty()) {
          return answer;
        }
      } catch (IOException e) {
        wait =
            mayRepeat(call, e) ? retries.wait(attempt, Optional.empty(), random) : Optional.empty();
        if (wait.isEmpty()) {
          throw failed(call, NoAnswer.fault(e, url, timeout));
        }
      }
      sleep(call, wait.get());
    }
  }

  /**
   * Where nothing ever listened, a wrong URL is likelier than a server that starts again: that must
   * be told at once.
   */
  private boolean mayRepeat(ApiCall call, IOException e) {
    boolean neverSent = e instanceof ConnectException || e instanceof HttpConnectTimeoutException;
    return neverSent ? connected.get() : call.repeatable();
  }

  private Answer authentic(ApiCall call) throws IOException {
    Optional<CsrfToken.Held> token = call.changes() ? csrf.held() : Optional.empty();
    Answer answer = exchange(call, token);
    if (call.changes() && answer.wantsCsrfToken()) {
      Optional<CsrfToken.Held> fresh = csrf.renewed(token);
      return fresh.isPresent() ? exchange(call, fresh) : answer;
    }
    return answer;
  }

  private Answer exchange(ApiCall call, Optional<CsrfToken.Held> token) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + call.path()))
            .timeout(timeout)
            .header("Accept", "application/json")
            .header("User-Agent", "mahavishnu");
    credential.ifPresent(c -> request.header("Authorization", c.header()));
    token.ifPresent(t -> t.headers().forEach(request::header));
    request.method(
        call.method().name(),
        call.body()
            .map(
                body -> HttpRequest.BodyPublishers.ofByteArray(Wire.MAPPER.writeValueAsBytes(body)))
            .orElseGet(HttpRequest.BodyPublishers::noBody));
    call.body().ifPresent(_ -> request.header("Content-Type", "application/json"));
    CompletableFuture<HttpResponse<String>> sent =
        client.sendAsync(
            request.build(),
            HttpResponse.BodyHandlers.limiting(
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8), MOST_BYTES));
    try {
      // The request's own time-out ends with the headers; a body may drip for ever.
      HttpResponse<String> response = sent.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      connected.set(true);
      return new Answer(response.statusCode(), response.headers(), response.body());
    } catch (TimeoutException _) {
      sent.cancel(true);
      throw new HttpTimeoutException("");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } catch (InterruptedException _) {
      sent.cancel(true);
      throw interrupted(call);
    }
  }

  private void sleep(ApiCall call, Duration time) {
    try {
      pause.sleep(time);
    } catch (InterruptedException _) {
      throw interrupted(call);
    }
  }

  private PrefectException interrupted(ApiCall call) {
    Thread.currentThread().interrupt();
    return failed(call, new Fault.Unreachable("interrupted"));
  }

  /** Nothing that the server said may bring a secret of ours to light. */
  private PrefectException failed(ApiCall call, Fault fault) {
    // A filter that finds nothing is no 404: whatever answers has no such call at all.
    boolean elsewhere = fault instanceof Fault.NotFound && call.path().endsWith("/filter");
    return failed(call.shown(), elsewhere ? new Fault.Malformed(NO_API) : fault);
  }

  PrefectException failed(String what, Fault fault) {
    return new PrefectException(redactor.redact(what), redacted(fault));
  }

  Fault redacted(Fault fault) {
    return Redaction.of(fault, redactor);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
