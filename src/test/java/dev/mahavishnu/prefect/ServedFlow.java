package dev.mahavishnu.prefect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.awaitility.Awaitility;

/**
 * A Python flow that Prefect itself runs: {@code served(numbers: list[int] = [1, 2, 3], nap: float
 * = 0.1, fail: bool = False)} doubles each number in a task that takes {@code nap} seconds, says
 * {@code twice 1 is 2} in the log, and sums them up in another, which fails on demand with {@code
 * told to fail}.
 */
public final class ServedFlow implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(3);

  private final String flow;
  private final String deployment;
  private final Path folder;
  private final GuardedProcess process;
  private final UUID id;

  /** Serves itself, and looks for runs every second. Waits until it is ready. */
  public static ServedFlow served(RealPrefect server, String flow, String deployment)
      throws IOException {
    return new ServedFlow(server, flow, deployment, Map.of(), List.of("serve", deployment));
  }

  /**
   * Run by Prefect's process worker, which is started with it, with all settings as they come, in a
   * work pool that is made if it isn't there. Waits until it is ready.
   */
  public static ServedFlow onProcessWorker(
      RealPrefect server, String flow, String deployment, String pool) throws IOException {
    return new ServedFlow(server, flow, deployment, Map.of(), List.of("worker", deployment, pool));
  }

  /** The same with a flow that has no parameters and does nothing. */
  public static ServedFlow nothingOnProcessWorker(
      RealPrefect server, String flow, String deployment, String pool) throws IOException {
    return new ServedFlow(
        server,
        flow,
        deployment,
        Map.of("SERVED_ENTRYPOINT", "nothing"),
        List.of("worker", deployment, pool));
  }

  private ServedFlow(
      RealPrefect server,
      String flow,
      String deployment,
      Map<String, String> settings,
      List<String> arguments)
      throws IOException {
    this.flow = flow;
    this.deployment = deployment;
    this.folder = Files.createTempDirectory("mahavishnu-served");
    Map<String, String> environment = new TreeMap<>(settings);
    environment.put("PREFECT_API_URL", server.apiUrl().toString());
    server.authString().ifPresent(auth -> environment.put("PREFECT_API_AUTH_STRING", auth));
    environment.put("PREFECT_HOME", folder.resolve("home").toString());
    environment.put("DO_NOT_TRACK", "1");
    environment.put("PREFECT_RUNNER_POLL_FREQUENCY", "1");
    environment.put("SERVED_FLOW", flow);
    List<String> command =
        new ArrayList<>(
            List.of(
                server.venv().resolve("bin/python").toString(),
                PrefectVenv.file("/prefect/served.py", folder).toString()));
    command.addAll(arguments);
    process = GuardedProcess.start(folder, folder.resolve("served.log"), environment, command);
    try (PrefectClient client = server.client()) {
      id = ready(client);
    }
  }

  private UUID ready(PrefectClient client) {
    return Awaitility.await("deployment " + fullName())
        .atMost(START)
        .pollInterval(Duration.ofMillis(250))
        .failFast(
            () -> {
              if (!process.isAlive()) {
                throw new IOException("it ended: " + process.lastLines());
              }
            })
        .until(
            () ->
                client
                    .deployments()
                    .find(flow, deployment)
                    .filter(found -> found.status().equals("READY")),
            Optional::isPresent)
        .orElseThrow()
        .id();
  }

  /** The deployment's. */
  public UUID id() {
    return id;
  }

  /** As Prefect names it: {@code flow/deployment}. */
  public String fullName() {
    return flow + "/" + deployment;
  }

  /** What it printed last, for messages. */
  public String lastLines() {
    return process.lastLines();
  }

  /** Ends it, and the runs that it has under way, as a crash does. */
  @Override
  public void close() {
    process.kill();
    GuardedProcess.delete(folder);
  }
}
