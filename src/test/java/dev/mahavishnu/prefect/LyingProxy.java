package dev.mahavishnu.prefect;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** A way to a server on which single calls fail, before or after the server has done them. */
public final class LyingProxy implements AutoCloseable {
  /** What becomes of a call. */
  public enum Fate {
    PASS,
    /** The server does it, and who called hears that it failed. */
    LOSE_ANSWER,
    /** The server never hears of it. */
    REFUSE,
    /** What it answers, a list, comes in the opposite order. */
    REVERSE
  }

  /** Decides, call by call. */
  public interface Fates {
    Fate of(String method, String path, String body);
  }

  /** Failures of this status are not tried again by our client. */
  private static final int FAILURE = 500;

  private static final Set<String> FORWARDED = Set.of("content-type", "accept", "authorization");

  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI target;
  private volatile Fates fates = (_, _, _) -> Fate.PASS;

  public LyingProxy(URI target) throws IOException {
    this.target = target;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + target.getPath());
  }

  public void fates(Fates now) {
    fates = now;
  }

  /** A client that comes this way, and is as patient as those of the server. */
  public PrefectClient client() {
    PrefectSettings usual = PrefectSettings.of(url());
    return new PrefectClient(
        new PrefectSettings(
            usual.apiUrl(),
            Optional.empty(),
            java.time.Duration.ofMinutes(2),
            usual.maxRetries(),
            usual.notes()));
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().toString();
      Fate fate =
          fates.of(exchange.getRequestMethod(), path, new String(body, StandardCharsets.UTF_8));
      if (fate == Fate.REFUSE) {
        exchange.sendResponseHeaders(FAILURE, -1);
        return;
      }
      HttpResponse<byte[]> answer = forward(exchange, path, body);
      if (fate == Fate.LOSE_ANSWER) {
        exchange.sendResponseHeaders(FAILURE, -1);
        return;
      }
      answer
          .headers()
          .firstValue("content-type")
          .ifPresent(type -> exchange.getResponseHeaders().set("content-type", type));
      byte[] said = fate == Fate.REVERSE ? reversed(answer.body()) : answer.body();
      exchange.sendResponseHeaders(answer.statusCode(), said.length == 0 ? -1 : said.length);
      if (said.length > 0) {
        exchange.getResponseBody().write(said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] reversed(byte[] list) {
    List<JsonNode> items = Wire.MAPPER.readValue(list, new TypeReference<>() {});
    return Wire.MAPPER.writeValueAsBytes(items.reversed());
  }

  private HttpResponse<byte[]> forward(HttpExchange exchange, String path, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target.resolve(path))
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (FORWARDED.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  @Override
  public void close() {
    server.stop(0);
    client.close();
  }
}
