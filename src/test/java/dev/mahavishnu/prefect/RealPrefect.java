package dev.mahavishnu.prefect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/**
 * A real Prefect server on a free loopback port, with an empty database of its own. One of each
 * kind is shared by all tests of this JVM, so tests must give what they make names of their own. It
 * ends with the JVM, also when that is killed. Where Prefect can't be installed, the test is
 * skipped and says why.
 */
public final class RealPrefect {
  /** What {@link #guarded()} wants as {@code Authorization: Basic} and as a websocket's token. */
  public static final String AUTH_STRING = "admin:s3cret-of-the-tests";

  /**
   * Names a system property with the URL of an open server that runs already, to save its start
   * where tests are run again and again: {@code -Dprefect.tests.url=http://127.0.0.1:4200/api}.
   */
  private static final String RUNNING = "prefect.tests.url";

  private static final Duration START = Duration.ofMinutes(3);

  /** Either what a first call made, or why it could not. */
  private record Made(Optional<RealPrefect> server, String why) {
    RealPrefect orSkip() {
      return server.orElseGet(() -> Assumptions.abort("no Prefect server: " + why));
    }
  }

  private static final class Open {
    static final Made MADE =
        Optional.ofNullable(System.getProperty(RUNNING))
            .map(url -> new Made(Optional.of(running(URI.create(url))), ""))
            .orElseGet(() -> make(Map.of()));
  }

  private static final class Guarded {
    static final Made MADE =
        make(
            Map.of(
                "PREFECT_SERVER_API_AUTH_STRING",
                AUTH_STRING,
                "PREFECT_SERVER_CSRF_PROTECTION_ENABLED",
                "true"));
  }

  private final URI apiUrl;
  private final Path venv;
  private final Path home;

  private RealPrefect(URI apiUrl, Path venv, Path home) {
    this.apiUrl = apiUrl;
    this.venv = venv;
    this.home = home;
  }

  /** The shared server that lets everybody in. */
  public static RealPrefect open() {
    return Open.MADE.orSkip();
  }

  /** The shared server that wants {@link #AUTH_STRING} and a CSRF token. */
  public static RealPrefect guarded() {
    return Guarded.MADE.orSkip();
  }

  /**
   * A client of it. A server on SQLite lets a request that meets others wait for as long as a
   * minute before it says that the database is locked, so this one is more patient than most.
   */
  public PrefectClient client() {
    PrefectSettings usual = PrefectSettings.of(apiUrl);
    return new PrefectClient(
        new PrefectSettings(
            usual.apiUrl(),
            usual.credential(),
            Duration.ofMinutes(2),
            usual.maxRetries(),
            usual.notes()));
  }

  public URI apiUrl() {
    return apiUrl;
  }

  /** The environment, of which {@code bin/python} runs Prefect's own flows. */
  public Path venv() {
    return venv;
  }

  private static RealPrefect running(URI apiUrl) {
    try {
      return new RealPrefect(apiUrl, PrefectVenv.ready(), Path.of("/nonexistent"));
    } catch (PrefectVenv.Unavailable e) {
      return Assumptions.abort("no Prefect: " + e.getMessage());
    }
  }

  private static Made make(Map<String, String> settings) {
    try {
      return new Made(Optional.of(start(PrefectVenv.ready(), settings)), "");
    } catch (PrefectVenv.Unavailable e) {
      return new Made(Optional.empty(), e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RealPrefect start(Path venv, Map<String, String> settings) throws IOException {
    Path home = Files.createTempDirectory("mahavishnu-prefect");
    int port = freePort();
    List<String> command =
        List.of(
            venv.resolve("bin/python").toString(),
            PrefectVenv.file("/prefect/guard.py", home).toString(),
            venv.resolve("bin/prefect").toString(),
            "server",
            "start",
            "--host",
            "127.0.0.1",
            "--port",
            Integer.toString(port));
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("PREFECT_"));
    environment.putAll(settings(home));
    environment.putAll(settings);
    Process guard =
        builder
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("server.log").toFile())
            .start();
    URI url = URI.create("http://127.0.0.1:" + port + "/api");
    RealPrefect server = new RealPrefect(url, venv, home);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> server.stop(guard)));
    server.awaitHealth(guard);
    return server;
  }

  private static Map<String, String> settings(Path home) {
    return Map.of(
        "PREFECT_HOME", home.toString(),
        "PREFECT_SERVER_ANALYTICS_ENABLED", "false",
        "DO_NOT_TRACK", "1",
        "PREFECT_SERVER_LOGS_STREAM_OUT_ENABLED", "true",
        "PREFECT_SERVER_LOGS_STREAM_PUBLISHING_ENABLED", "true",
        // Makes runs of a new schedule at once.
        "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS", "1",
        "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE", "200",
        "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE", "200");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitHealth(Process guard) {
    URI health = URI.create(apiUrl + "/health");
    try (HttpClient client = HttpClient.newHttpClient()) {
      Awaitility.await("health of the Prefect server")
          .atMost(START)
          .pollInterval(Duration.ofMillis(100))
          .failFast(
              () -> {
                if (!guard.isAlive()) {
                  throw new IOException("the server ended: " + lastLines());
                }
              })
          .ignoreExceptionsMatching(IOException.class::isInstance)
          .until(
              () ->
                  client
                      .send(
                          HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(5)).build(),
                          HttpResponse.BodyHandlers.ofString())
                      .body()
                      .equals("true"));
    }
  }

  private String lastLines() {
    try {
      List<String> lines = Files.readAllLines(home.resolve("server.log"));
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** The guard ends the server when its standard input does. */
  private void stop(Process guard) {
    try {
      guard.getOutputStream().close();
      if (!guard.waitFor(25, TimeUnit.SECONDS)) {
        guard.destroyForcibly();
      }
      List<Path> files = new ArrayList<>();
      try (Stream<Path> all = Files.walk(home)) {
        all.sorted((a, b) -> b.compareTo(a)).forEach(files::add);
      }
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
