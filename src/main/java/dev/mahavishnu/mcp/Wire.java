package dev.mahavishnu.mcp;

import dev.mahavishnu.mcp.LineInput.Next;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransport;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The protocol's lines on two streams. The SDK's own transport for that stops for good at the first
 * line that is no message, and knows no call that is taken back.
 */
final class Wire implements McpServerTransportProvider {
  private static final Logger LOG = LoggerFactory.getLogger(Wire.class);
  private static final int LONGEST = 16 * 1024 * 1024;
  private static final int PARSE_ERROR = -32700;
  private static final int INVALID_REQUEST = -32600;
  private static final String CANCELLED = "notifications/cancelled";

  private final McpJsonMapper json;
  private final InputStream in;
  private final OutputStream out;
  private final Scheduler threads;
  private final JsonMapper mapper = new JsonMapper();
  private final Map<Object, Disposable> open = new ConcurrentHashMap<>();
  private Runnable beforeList = () -> {};
  private @Nullable McpServerSession session;

  /**
   * @param threads for what takes its time; the input is read on
   */
  Wire(McpJsonMapper json, InputStream in, OutputStream out, Scheduler threads) {
    this.json = json;
    this.in = in;
    this.out = out;
    this.threads = threads;
  }

  /** Runs before resources are listed: the SDK lists what is registered at that moment. */
  void beforeList(Runnable task) {
    beforeList = task;
  }

  @Override
  public void setSessionFactory(McpServerSession.Factory factory) {
    session = factory.create(new Outgoing());
  }

  /** Reads and answers until the input ends; what is not answered then is given up. */
  void read() throws IOException {
    LineInput lines = new LineInput(in, LONGEST);
    try {
      for (Optional<Next> next = lines.next(); next.isPresent(); next = lines.next()) {
        switch (next.get()) {
          case Next.Line line when line.text().isBlank() -> {}
          case Next.Line line -> take(line.text());
          case Next.TooLong _ ->
              reject(PARSE_ERROR, "a message may have at most " + LONGEST + " bytes", null);
        }
      }
    } finally {
      open.values().forEach(Disposable::dispose);
    }
  }

  private void take(String line) {
    JSONRPCMessage message;
    try {
      message = McpSchema.deserializeJsonRpcMessage(json, line);
    } catch (IOException | RuntimeException _) {
      reject(line);
      return;
    }
    switch (message) {
      case JSONRPCRequest request -> answer(request);
      case JSONRPCNotification told when told.method().equals(CANCELLED) -> cancel(told);
      default -> session().handle(message).subscribe(_ -> {}, Wire::log);
    }
  }

  private void answer(JSONRPCRequest request) {
    Mono<Void> answered = session().handle(request);
    Mono<Void> whole =
        request.method().equals(McpSchema.METHOD_RESOURCES_LIST)
            ? Mono.fromRunnable(beforeList).subscribeOn(threads).then(answered)
            : answered;
    Disposable.Swap call = Disposables.swap();
    open.put(request.id(), call);
    call.update(
        whole.doFinally(_ -> open.remove(request.id(), call)).subscribe(_ -> {}, Wire::log));
  }

  private void cancel(JSONRPCNotification told) {
    if (told.params() instanceof Map<?, ?> params && params.get("requestId") != null) {
      Optional.ofNullable(open.remove(params.get("requestId"))).ifPresent(Disposable::dispose);
    }
  }

  private static void log(Throwable problem) {
    LOG.warn("a message was not answered: {}", problem.toString());
  }

  private McpServerSession session() {
    return Objects.requireNonNull(session, "a server takes the transport before it reads");
  }

  private void reject(String line) {
    JsonNode tree;
    try {
      tree = mapper.readTree(line);
    } catch (JacksonException e) {
      reject(PARSE_ERROR, "not JSON: " + e.getOriginalMessage(), null);
      return;
    }
    JsonNode id = tree.path("id");
    boolean usable = id.isString() || id.isIntegralNumber();
    reject(INVALID_REQUEST, "not a message of JSON-RPC 2.0", usable ? id : null);
  }

  private void reject(int code, String message, @Nullable JsonNode id) {
    LOG.warn("a line was rejected: {}", message);
    ObjectNode answer = mapper.createObjectNode().put("jsonrpc", "2.0").set("id", id);
    answer.putObject("error").put("code", code).put("message", message);
    write(mapper.writeValueAsString(answer));
  }

  private void write(String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    synchronized (out) {
      try {
        out.write(bytes);
        out.flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public Mono<Void> notifyClients(String method, Object params) {
    return session().sendNotification(method, params);
  }

  @Override
  public Mono<Void> closeGracefully() {
    return session().closeGracefully();
  }

  /** What the session sends. */
  private final class Outgoing implements McpServerTransport {
    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
      return Mono.fromRunnable(
          () -> {
            try {
              // A message is one line: JSON has no line ends but those between its values.
              write(json.writeValueAsString(message));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
      return json.convertValue(data, type);
    }

    @Override
    public Mono<Void> closeGracefully() {
      return Mono.empty();
    }
  }
}
