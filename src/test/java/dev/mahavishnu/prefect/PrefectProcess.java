package dev.mahavishnu.prefect;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.awaitility.Awaitility;

/** A Prefect server with a home and a port that stay the same however often it is started. */
final class PrefectProcess {
  private static final Duration START = Duration.ofMinutes(3);
  private static final int TRIES = 100;

  private final Path venv;
  private final Path home;
  private final int port;
  private final Map<String, String> settings;
  private final Optional<PostgresProcess> postgres;
  private GuardedProcess process;

  /**
   * Starts one and waits for it; it ends with this JVM at the latest.
   *
   * @param postgres what it stores all in, and is its alone; SQLite where there is none
   */
  static PrefectProcess start(
      Path venv, Map<String, String> settings, Optional<PostgresProcess> postgres)
      throws IOException, PrefectVenv.Unavailable {
    Path home = Files.createTempDirectory("mahavishnu-prefect");
    if (postgres.isEmpty()) {
      Path tables =
          PrefectVenv.once(
              "tables-of-" + venv.getFileName(),
              made -> PrefectVenv.makeTables(venv, Map.of("PREFECT_HOME", made.toString())));
      Files.copy(tables.resolve("prefect.db"), home.resolve("prefect.db"));
    }
    PrefectProcess server = new PrefectProcess(venv, home, freePort(), settings, postgres);
    server.start();
    return server;
  }

  private PrefectProcess(
      Path venv,
      Path home,
      int port,
      Map<String, String> settings,
      Optional<PostgresProcess> postgres) {
    this.venv = venv;
    this.home = home;
    this.port = port;
    this.settings = settings;
    this.postgres = postgres;
  }

  URI apiUrl() {
    return URI.create("http://127.0.0.1:" + port + "/api");
  }

  /** Starts it again after {@link #kill}, with the database that it had. */
  void start() throws IOException {
    Map<String, String> environment = new TreeMap<>(settings(home));
    // Its pages would otherwise ask a server on Prefect's usual port.
    environment.put("PREFECT_UI_API_URL", apiUrl().toString());
    postgres.ifPresent(
        database -> environment.put("PREFECT_API_DATABASE_CONNECTION_URL", database.url()));
    environment.putAll(settings);
    process =
        GuardedProcess.start(
            home,
            home.resolve("server.log"),
            environment,
            List.of(
                venv.resolve("bin/python").toString(),
                venv.resolve("bin/prefect").toString(),
                "server",
                "start",
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port)));
    awaitHealth();
  }

  /** Ends it as a crash does, with no chance to clean up; afterwards nothing listens any more. */
  void kill() {
    process.kill();
  }

  /** Ends it for good. */
  void close() {
    process.end();
    postgres.ifPresent(PostgresProcess::close);
    GuardedProcess.delete(home);
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

  /** Below those that outgoing connections get, or one could take it while the server is away. */
  static int freePort() throws IOException {
    SplittableRandom random = new SplittableRandom();
    for (int i = 0; i < TRIES; i++) {
      int port = random.nextInt(20_000, 32_000);
      try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return port;
      } catch (IOException _) {
        // Somebody has it.
      }
    }
    throw new IOException("no free port in " + TRIES + " tries");
  }

  private void awaitHealth() {
    URI health = URI.create(apiUrl() + "/health");
    try (HttpClient client = HttpClient.newHttpClient()) {
      Awaitility.await("health of the Prefect server")
          .atMost(START)
          .pollInterval(Duration.ofMillis(100))
          .failFast(
              () -> {
                if (!process.isAlive()) {
                  throw new IOException("the server ended: " + process.lastLines());
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
}
