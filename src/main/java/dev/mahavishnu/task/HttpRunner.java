package dev.mahavishnu.task;

import dev.mahavishnu.engine.Attempt;
import dev.mahavishnu.engine.AttemptContext;
import dev.mahavishnu.engine.TaskException;
import dev.mahavishnu.engine.TaskRunner;
import dev.mahavishnu.spec.Work;
import java.net.http.HttpClient;
import java.time.Duration;

/**
 * Tasks of type {@code http}: one request, whose output is {@code {status, headers, body}}; names
 * of headers are in lower case, and a body that is neither JSON nor text is {@code {base64: …}}.
 *
 * <p>A request that may change something carries the header {@code Idempotency-Key}, the same in
 * every attempt. Redirects are followed for GET and HEAD, at most 5 and not from http to https or
 * back; another host gets none of the request's own headers. No proxy is used.
 */
public final class HttpRunner implements TaskRunner {
  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);

  /** Made on first use, and one for all: it keeps connections. */
  private static final class Shared {
    static final HttpClient CLIENT =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
  }

  @Override
  public String type() {
    return "http";
  }

  @Override
  public Attempt prepare(AttemptContext context) throws TaskException {
    Work.Http work = (Work.Http) context.work();
    return new HttpAttempt(() -> Shared.CLIENT, work, HttpCall.of(work, context));
  }
}
