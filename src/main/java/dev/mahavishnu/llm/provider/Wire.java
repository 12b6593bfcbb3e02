package dev.mahavishnu.llm.provider;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The wire under LangChain4j, for one exchange. Its own client hides the headers of a refusal,
 * can't be stopped while it waits, and takes a broken connection for an end; and what leaves here
 * is redacted once more. All happens in the calling thread, and an interrupt ends it at once.
 */
final class Wire implements dev.langchain4j.http.client.HttpClient {
  /** More of a refusal than anybody reads. */
  private static final int LONGEST_REFUSAL = 64 * 1024;

  private final HttpClient http;
  private final Outgoing outgoing;
  private final Exchange exchange;
  private final Consumer<String> events;

  /**
   * @param events hears the data of each event before LangChain4j does
   */
  Wire(HttpClient http, Outgoing outgoing, Exchange exchange, Consumer<String> events) {
    this.http = http;
    this.outgoing = outgoing;
    this.exchange = exchange;
    this.events = events;
  }

  /** What LangChain4j builds its client by: always this one. */
  HttpClientBuilder builder() {
    return new Builder();
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    HttpResponse<InputStream> response = send(request);
    try (InputStream body = response.body()) {
      return SuccessfulHttpResponse.builder()
          .statusCode(response.statusCode())
          .headers(response.headers().map())
          .body(body.readAllBytes())
          .build();
    } catch (IOException broken) {
      throw fail(broken);
    }
  }

  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    try {
      HttpResponse<InputStream> response = send(request);
      listener.onOpen(
          SuccessfulHttpResponse.builder()
              .statusCode(response.statusCode())
              .headers(response.headers().map())
              .build());
      try (InputStream body = new Heard(response.body())) {
        parser.parse(body, new Tap(listener));
      }
      if (exchange.broken().isEmpty()) {
        listener.onClose();
      }
    } catch (IOException broken) {
      listener.onError(fail(broken));
    } catch (Refused refused) {
      listener.onError(refused);
    }
  }

  private HttpResponse<InputStream> send(HttpRequest request) {
    try {
      HttpResponse<InputStream> response = http.send(toJava(request), BodyHandlers.ofInputStream());
      exchange.open(response.statusCode(), response.headers());
      if (exchange.refused()) {
        try (InputStream body = response.body()) {
          exchange.refuse(new String(body.readNBytes(LONGEST_REFUSAL), StandardCharsets.UTF_8));
        }
        throw new Refused(response.statusCode());
      }
      return response;
    } catch (IOException broken) {
      throw fail(broken);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw fail(stopped);
    }
  }

  private Refused fail(Exception broken) {
    exchange.fail(broken);
    return new Refused(0);
  }

  private java.net.http.HttpRequest toJava(HttpRequest request) {
    java.net.http.HttpRequest.Builder builder =
        java.net.http.HttpRequest.newBuilder(URI.create(request.url()));
    request.headers().forEach((name, values) -> values.forEach(v -> builder.header(name, v)));
    BodyPublisher body =
        request.body() == null
            ? BodyPublishers.noBody()
            : BodyPublishers.ofString(outgoing.body(request.body()));
    return builder.method(request.method().name(), body).build();
  }

  /** LangChain4j is told that it failed; why, the exchange knows. */
  private static final class Refused extends HttpException {
    Refused(int status) {
      super(status, "");
    }
  }

  /** Notes when something comes. */
  private final class Heard extends FilterInputStream {
    Heard(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      return noted(super.read());
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return noted(super.read(into, offset, length));
    }

    private int noted(int read) {
      if (read >= 0) {
        exchange.begin();
      }
      return read;
    }
  }

  /** Lets events be heard, and takes a broken connection for what it is. */
  private final class Tap implements ServerSentEventListener {
    private final ServerSentEventListener next;

    Tap(ServerSentEventListener next) {
      this.next = next;
    }

    @Override
    public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
      events.accept(event.data());
      try {
        next.onEvent(event, context);
      } catch (RuntimeException _) {
        // LangChain4j's parsers would log it, and go on as if nothing was missing
        exchange.stumble();
      }
    }

    @Override
    public void onError(Throwable broken) {
      exchange.fail(broken);
      next.onError(broken);
    }
  }

  /** Time-outs are ours to keep, so what LangChain4j asks for is only remembered. */
  private final class Builder implements HttpClientBuilder {
    private Duration connect = Duration.ZERO;
    private Duration read = Duration.ZERO;

    @Override
    public Duration connectTimeout() {
      return connect;
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration timeout) {
      connect = timeout;
      return this;
    }

    @Override
    public Duration readTimeout() {
      return read;
    }

    @Override
    public HttpClientBuilder readTimeout(Duration timeout) {
      read = timeout;
      return this;
    }

    @Override
    public dev.langchain4j.http.client.HttpClient build() {
      return Wire.this;
    }
  }
}
