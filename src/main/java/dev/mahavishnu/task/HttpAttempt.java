package dev.mahavishnu.task;

import dev.mahavishnu.engine.Attempt;
import dev.mahavishnu.engine.Outcome;
import dev.mahavishnu.engine.TaskException;
import dev.mahavishnu.run.Child;
import dev.mahavishnu.spec.Work;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** An attempt that is a request, and the redirects that follow. */
final class HttpAttempt implements Attempt {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final int MOST_REDIRECTS = 5;

  /** How much of an answer that is no success is read, for the message. */
  private static final long FAILURE_BYTES = 4096;

  private final Supplier<HttpClient> client;
  private final Work.Http work;
  private final HttpCall first;
  private volatile CompletableFuture<?> current = new CompletableFuture<>();
  private volatile boolean stopped;

  HttpAttempt(Supplier<HttpClient> client, Work.Http work, HttpCall first) {
    this.client = client;
    this.work = work;
    this.first = first;
  }

  @Override
  public Optional<Child> child() {
    return Optional.empty();
  }

  @Override
  public Outcome run() {
    HttpCall call = first;
    try {
      for (int redirects = 0; ; redirects++) {
        HttpAnswer answer = send(call);
        if (isExpected(answer.status())) {
          return success(call, answer);
        }
        Optional<URI> next = next(call, answer);
        if (next.isEmpty()) {
          return Outcome.Failed.of(call.shown() + " answered " + answer.shown());
        }
        if (redirects == MOST_REDIRECTS) {
          return Outcome.Failed.of(first.shown() + " was redirected more than 5 times");
        }
        call = call.redirected(next.get());
      }
    } catch (TaskException e) {
      return new Outcome.Failed(e.reason(), e.retryable());
    } catch (CancellationException e) {
      return Outcome.Failed.of("stopped");
    } catch (ExecutionException e) {
      if (stopped) {
        return Outcome.Failed.of("stopped");
      }
      return Outcome.Failed.of(
          call.shown() + ": " + reason(call, Objects.requireNonNullElse(e.getCause(), e)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Outcome.Failed.of("interrupted");
    }
  }

  private HttpAnswer send(HttpCall call)
      throws TaskException, ExecutionException, InterruptedException {
    if (stopped) {
      throw new CancellationException();
    }
    CompletableFuture<HttpResponse<LimitedBody.Received>> exchange =
        client
            .get()
            .sendAsync(
                call.request(),
                info ->
                    new LimitedBody(
                        isExpected(info.statusCode()) ? work.maxBytes() : FAILURE_BYTES));
    current = exchange;
    if (stopped) {
      exchange.cancel(true);
    }
    try {
      return HttpAnswer.of(exchange.get());
    } catch (InterruptedException e) {
      exchange.cancel(true);
      throw e;
    }
  }

  private boolean isExpected(int status) {
    return work.expected().isEmpty()
        ? status >= 200 && status < 300
        : work.expected().contains(status);
  }

  private Outcome success(HttpCall call, HttpAnswer answer) {
    if (!answer.body().whole()) {
      return Outcome.Failed.of(
          call.shown() + " answered more than max_bytes allows: " + work.maxBytes() + " bytes");
    }
    try {
      return new Outcome.Succeeded(answer.output());
    } catch (TaskException e) {
      return Outcome.Failed.of(call.shown() + ": " + e.getMessage());
    }
  }

  /** Where the answer sends a request that may go there. */
  private static Optional<URI> next(HttpCall call, HttpAnswer answer) throws TaskException {
    Optional<String> location = answer.headers().firstValue("location");
    if (!REDIRECTS.contains(answer.status()) || location.isEmpty()) {
      return Optional.empty();
    }
    URI to;
    try {
      to = UrlTemplate.target(call.url()).resolve(location.get());
    } catch (IllegalArgumentException e) {
      throw new TaskException(call.shown() + " was redirected to no URL: " + location.get(), true);
    }
    if (!call.mayBeRedirected()
        || to.getHost() == null
        || !call.url().getScheme().equalsIgnoreCase(to.getScheme())) {
      throw new TaskException(
          call.shown()
              + " answered "
              + answer.status()
              + ", a redirect to "
              + UrlTemplate.shown(to)
              + "; only GET and HEAD are redirected, and only within one protocol",
          true);
    }
    return Optional.of(to);
  }

  private static String reason(HttpCall call, Throwable failure) {
    if (failure instanceof HttpConnectTimeoutException) {
      return "no connection within " + HttpRunner.CONNECT_TIMEOUT.toSeconds() + " s";
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return "unknown host " + call.url().getHost();
      }
    }
    if (failure instanceof ConnectException) {
      return "connection refused";
    }
    String message = String.valueOf(failure.getMessage());
    if (message.contains("received no bytes")) {
      return "the server closed the connection without an answer";
    }
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : message;
  }

  @Override
  public List<Long> stop(Duration grace) {
    stopped = true;
    current.cancel(true);
    return List.of();
  }
}
