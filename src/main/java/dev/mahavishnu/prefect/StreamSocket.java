package dev.mahavishnu.prefect;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A websocket to one of a server's streams, let in. Messages are handed over one at a time, and the
 * next is taken from the network when the last was dealt with. One thread at a time sends.
 */
final class StreamSocket implements AutoCloseable {
  private static final int MOST_CHARACTERS = 16 << 20;
  private static final int POLICY_VIOLATION = 1008;
  private static final int PROTOCOL_ERROR = 1002;

  private final Api api;
  private final String path;
  private final CompletableFuture<Fault> ended = new CompletableFuture<>();
  private final WebSocket socket;
  private volatile CompletableFuture<Void> pong = new CompletableFuture<>();

  /**
   * Opens it and waits until the server lets us in.
   *
   * @throws PrefectException when it does not
   */
  static StreamSocket open(Api api, String path, Consumer<JsonNode> messages)
      throws InterruptedException {
    return new StreamSocket(api, path, messages);
  }

  private StreamSocket(Api api, String path, Consumer<JsonNode> messages)
      throws InterruptedException {
    this.api = api;
    this.path = path;
    CompletableFuture<Void> welcome = new CompletableFuture<>();
    Consumer<JsonNode> first =
        message -> {
          if (welcome.isDone()) {
            messages.accept(message);
          } else if (message.path("type").asString("").equals("auth_success")) {
            welcome.complete(null);
          }
        };
    String url = api.url().toString().replaceFirst("^http", "ws") + path;
    this.socket =
        opened(
            api.client()
                .newWebSocketBuilder()
                .subprotocols("prefect")
                .connectTimeout(api.timeout())
                .buildAsync(URI.create(url), new Hearing(first)));
    ObjectNode auth = JsonNodeFactory.instance.objectNode().put("type", "auth");
    auth.put("token", api.credential().map(Credential::token).orElse(null));
    try {
      send(auth);
      await(welcome);
    } catch (PrefectException | InterruptedException e) {
      // Nobody gets hold of it who could close it.
      close();
      throw e;
    }
  }

  /** One that opens after nobody waits for it any more is ended. */
  private WebSocket opened(CompletableFuture<WebSocket> opening) throws InterruptedException {
    try {
      return await(opening.copy());
    } catch (PrefectException | InterruptedException e) {
      CompletableFuture<Void> _ = opening.thenAccept(WebSocket::abort);
      throw e;
    }
  }

  void send(JsonNode message) throws InterruptedException {
    await(socket.sendText(Wire.MAPPER.writeValueAsString(message), true));
  }

  /** Returns when the server has taken all that was sent before. */
  void confirm() throws InterruptedException {
    CompletableFuture<Void> answer = new CompletableFuture<>();
    pong = answer;
    await(socket.sendPing(ByteBuffer.allocate(0)));
    await(answer);
  }

  /** Why it ended; not done while it lasts. */
  Future<Fault> ended() {
    return ended;
  }

  /** The step's result; it fails too when the stream ends before. */
  private <T> T await(CompletableFuture<T> step) throws InterruptedException {
    long millis = api.timeout().toMillis();
    try {
      if (!step.isDone()) {
        Object _ = CompletableFuture.anyOf(step, ended).get(millis, TimeUnit.MILLISECONDS);
      }
      if (step.isDone()) {
        return step.get();
      }
      throw failed(ended.get());
    } catch (TimeoutException _) {
      step.cancel(true);
      throw failed(new Fault.Unreachable("no answer within " + millis + " ms"));
    } catch (ExecutionException e) {
      throw failed(ended.isDone() ? ended.resultNow() : fault(e.getCause()));
    }
  }

  private PrefectException failed(Fault fault) {
    if (!ended.isDone()) {
      ended.complete(fault);
    }
    return api.failed("stream " + path, fault);
  }

  private static Fault fault(@Nullable Throwable cause) {
    return switch (cause) {
      case WebSocketHandshakeException e -> handshake(e.getResponse().statusCode());
      case ConnectException _ -> new Fault.Unreachable("connection refused");
      case null, default -> new Fault.Unreachable("the connection broke");
    };
  }

  private static Fault handshake(int status) {
    return switch (status) {
      case 401, 403 -> new Fault.Unauthorized("it does not let us in (" + status + ")");
      case 404 -> new Fault.NotFound("the server has no such stream");
      default -> new Fault.Unreachable("no stream is to be had (" + status + ")");
    };
  }

  private Fault closed(int code, String reason) {
    String why = code + (reason.isEmpty() ? "" : ", " + reason);
    return api.redacted(
        switch (code) {
          case POLICY_VIOLATION ->
              new Fault.Unauthorized(
                  "it does not let us in ("
                      + why
                      + "): check prefect.api_key or prefect.auth_string");
          case PROTOCOL_ERROR -> new Fault.Invalid(List.of(why));
          default -> new Fault.Unreachable("the server ended the stream (" + why + ")");
        });
  }

  /** Ends it without a word; the server finds out. */
  @Override
  public void close() {
    ended.complete(new Fault.Unreachable("closed by us"));
    Optional.ofNullable(socket).ifPresent(WebSocket::abort);
  }

  private final class Hearing implements WebSocket.Listener {
    private final Consumer<JsonNode> messages;
    private final StringBuilder text = new StringBuilder();

    Hearing(Consumer<JsonNode> messages) {
      this.messages = messages;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (text.length() > MOST_CHARACTERS) {
        ended.complete(new Fault.Malformed("a message of more than 16 Mi characters"));
        from.abort();
        return null;
      }
      if (last) {
        try {
          messages.accept(Wire.MAPPER.readTree(text.toString()));
        } catch (JacksonException _) {
          ended.complete(new Fault.Malformed("what the stream sends is not Prefect's"));
          from.abort();
          return null;
        }
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
      pong.complete(null);
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      ended.complete(closed(code, reason));
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      ended.complete(fault(error));
    }
  }
}
