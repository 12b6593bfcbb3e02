package dev.mahavishnu.llm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A server that speaks OpenAI's chat completions, streamed or whole, and answers what a test told
 * it to. Each rule answers once: the first one left whose condition holds. A request that no rule
 * is for gets an error 500. Every request's body is written to the wire log before it is answered.
 */
public final class ScriptedModel implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private record Rule(Predicate<Asked> condition, Function<Asked, ScriptedReply> reply) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Path wireLog;
  private final List<Rule> rules = new ArrayList<>();
  private final List<Asked> asked = new ArrayList<>();
  private final CountDownLatch stalled = new CountDownLatch(1);
  private final CountDownLatch left = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Optional<String> key = Optional.empty();

  private ScriptedModel(Path wireLog) throws IOException {
    this.wireLog = wireLog;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/chat/completions", exchange -> handle(exchange, this::complete));
    server.createContext("/v1/models", exchange -> handle(exchange, ScriptedModel::models));
    server.setExecutor(threads);
    server.start();
  }

  /**
   * Starts one on a free port of this machine.
   *
   * @param wireLog gets the body of every request, a line each
   */
  public static ScriptedModel start(Path wireLog) throws IOException {
    return new ScriptedModel(wireLog);
  }

  /** What {@code llm.base_url} is set to. */
  public String baseUrl() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  /** From now on only this key is right. */
  public ScriptedModel requiring(String rightKey) {
    key = Optional.of(rightKey);
    return this;
  }

  /** Answers one request for which the condition holds, after the rules before. */
  public ScriptedModel when(Predicate<Asked> condition, ScriptedReply reply) {
    return when(condition, _ -> reply);
  }

  /** Answers one such request with what follows from it. */
  public synchronized ScriptedModel when(
      Predicate<Asked> condition, Function<Asked, ScriptedReply> reply) {
    rules.add(new Rule(condition, reply));
    return this;
  }

  /** Answers one request in which the person's last message has these words. */
  public ScriptedModel whenSaid(String words, ScriptedReply reply) {
    return when(a -> a.lastUser().contains(words), reply);
  }

  /** Answers the next request, whatever it asks. */
  public ScriptedModel then(ScriptedReply reply) {
    return when(_ -> true, reply);
  }

  /** The next request, whatever it asks, with a text. */
  public ScriptedModel then(String text) {
    return then(ScriptedReply.text(text));
  }

  /** What it was asked so far, in order. */
  public synchronized List<Asked> asked() {
    return List.copyOf(asked);
  }

  /** How many rules have not answered yet. */
  public synchronized int left() {
    return rules.size();
  }

  /** Waits until an answer that stalls has come as far as it comes. */
  public boolean awaitStall(Duration most) throws InterruptedException {
    return stalled.await(most.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Waits until somebody has hung up on an answer that was not over. */
  public boolean awaitLeft(Duration most) throws InterruptedException {
    return left.await(most.toMillis(), TimeUnit.MILLISECONDS);
  }

  private interface Handler {
    void answer(HttpExchange exchange, String body) throws IOException, InterruptedException;
  }

  private void handle(HttpExchange exchange, Handler handler) {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      write(body);
      if (key.isPresent() && !authorization(exchange).equals(key.map("Bearer "::concat))) {
        fail(exchange, ScriptedReply.failure(401, "Incorrect API key provided."));
      } else {
        handler.answer(exchange, body);
      }
    } catch (IOException e) {
      left.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Optional<String> authorization(HttpExchange exchange) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"));
  }

  private static void models(HttpExchange exchange, String body) throws IOException {
    send(
        exchange,
        200,
        "{\"object\": \"list\", \"data\": [{\"id\": \"scripted\", \"object\": \"model\"},"
            + " {\"id\": \"scripted-large\", \"object\": \"model\"}]}");
  }

  private void complete(HttpExchange exchange, String body)
      throws IOException, InterruptedException {
    Optional<ScriptedReply> reply = next(body, authorization(exchange));
    if (reply.isEmpty()) {
      fail(exchange, ScriptedReply.failure(500, "The script has no reply to this request."));
      return;
    }
    boolean streams = JSON.readTree(body).path("stream").asBoolean(false);
    switch (reply.get()) {
      case ScriptedReply.Failure failure -> fail(exchange, failure);
      case ScriptedReply.Tool tool -> {
        ObjectNode message = JSON.createObjectNode().put("role", "assistant").putNull("content");
        ObjectNode call = message.putArray("tool_calls").addObject();
        call.put("index", 0).put("id", tool.id()).put("type", "function");
        call.putObject("function").put("name", tool.name()).put("arguments", tool.arguments());
        whole(exchange, streams, message, "tool_calls");
      }
      case ScriptedReply.Text text -> {
        if (streams) {
          stream(exchange, text);
        } else {
          ObjectNode message = JSON.createObjectNode().put("role", "assistant");
          message.put("content", String.join("", text.pieces()));
          whole(exchange, false, message, text.finish());
        }
      }
    }
  }

  private synchronized void write(String body) throws IOException {
    String line = body.isEmpty() ? "" : body.replace("\n", " ") + "\n";
    Files.writeString(wireLog, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private synchronized Optional<ScriptedReply> next(String body, Optional<String> authorization) {
    Asked request = Asked.of(asked.size() + 1, body, authorization);
    asked.add(request);
    Optional<Rule> rule = rules.stream().filter(r -> r.condition().test(request)).findFirst();
    rule.ifPresent(rules::remove);
    return rule.map(r -> r.reply().apply(request));
  }

  private void stream(HttpExchange exchange, ScriptedReply.Text text)
      throws IOException, InterruptedException {
    OutputStream out = open(exchange);
    for (String piece : text.pieces()) {
      // Not a wait for something: the slowness itself is what the test asked for.
      TimeUnit.NANOSECONDS.sleep(text.pause().toNanos());
      event(out, chunk(JSON.createObjectNode().put("content", piece), Optional.empty()));
    }
    switch (text.end()) {
      case WHOLE -> end(out, JSON.createObjectNode(), text.finish());
      case CUT -> {}
      case STALL -> {
        stalled.countDown();
        // A comment, as providers send them, tells whether anybody is still there.
        while (!closed.await(20, TimeUnit.MILLISECONDS)) {
          out.write(": still here\n\n".getBytes(StandardCharsets.UTF_8));
          out.flush();
        }
      }
    }
  }

  private static void whole(
      HttpExchange exchange, boolean streams, ObjectNode message, String finish)
      throws IOException {
    if (streams) {
      OutputStream out = open(exchange);
      event(out, chunk(message, Optional.empty()));
      end(out, JSON.createObjectNode(), finish);
      return;
    }
    ObjectNode reply = head("chat.completion");
    ObjectNode choice = reply.putArray("choices").addObject().put("index", 0);
    choice.set("message", message);
    choice.put("finish_reason", finish);
    reply.set("usage", usage());
    send(exchange, 200, reply.toString());
  }

  private static OutputStream open(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    return exchange.getResponseBody();
  }

  private static void end(OutputStream out, ObjectNode delta, String finish) throws IOException {
    event(out, chunk(delta, Optional.of(finish)));
    ObjectNode last = head("chat.completion.chunk");
    last.putArray("choices");
    last.set("usage", usage());
    event(out, last);
    out.write("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static void event(OutputStream out, ObjectNode event) throws IOException {
    out.write(("data: " + event + "\n\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static ObjectNode chunk(ObjectNode delta, Optional<String> finish) {
    ObjectNode chunk = head("chat.completion.chunk");
    ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
    choice.set("delta", delta);
    choice.put("finish_reason", finish.orElse(null));
    return chunk;
  }

  private static ObjectNode head(String object) {
    return JSON.createObjectNode()
        .put("id", "scripted-1")
        .put("object", object)
        .put("created", 1)
        .put("model", "scripted");
  }

  private static ObjectNode usage() {
    return JSON.createObjectNode()
        .put("prompt_tokens", 1000)
        .put("completion_tokens", 100)
        .put("total_tokens", 1100);
  }

  private static void fail(HttpExchange exchange, ScriptedReply.Failure failure)
      throws IOException {
    for (Map.Entry<String, String> header : failure.headers().entrySet()) {
      exchange.getResponseHeaders().set(header.getKey(), header.getValue());
    }
    send(exchange, failure.status(), failure.body());
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.close();
  }
}
