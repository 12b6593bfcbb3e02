package dev.mahavishnu.cli;

import dev.mahavishnu.prefect.Known;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.PrefectSettings;
import dev.mahavishnu.prefect.deploy.Said;
import dev.mahavishnu.prefect.watch.DeploymentSearch;
import dev.mahavishnu.spec.Flow;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The Prefect server that a command is about. */
final class Served implements AutoCloseable {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

  private final Workbench bench;
  private final PrefectClient client;
  private final PrefectSettings settings;
  private final Optional<Environment> environment;
  private final boolean own;

  /**
   * @param own whether the client is not the session's
   */
  Served(
      Workbench bench,
      PrefectClient client,
      PrefectSettings settings,
      Optional<Environment> environment,
      boolean own) {
    this.own = own;
    this.bench = bench;
    this.client = client;
    this.settings = settings;
    this.environment = environment;
  }

  PrefectClient client() {
    return client;
  }

  PrefectSettings settings() {
    return settings;
  }

  /** Whether both are one server. */
  boolean isSameAs(Served other) {
    return settings.apiUrl().map(Known::value).equals(other.settings.apiUrl().map(Known::value));
  }

  /** Its flow runs. */
  ServerRuns runs() {
    return new ServerRuns(bench, client, settings, environment.map(Environment::name));
  }

  /** As {@link #runs}, of a server that is known to be usable. */
  ServerRuns usableRuns() {
    client.server().require();
    return runs();
  }

  /** What the environment says about a deployment of the flow. */
  Said said(Flow flow) {
    return environment.map(e -> e.said(flow)).orElse(Said.NOTHING);
  }

  /** The work pool of deployments for which none is said. */
  Optional<String> usualPool() {
    return bench.prefect().workPool();
  }

  /**
   * The deployment that a person means.
   *
   * @throws CommandFailure when there is none, or several
   */
  DeploymentSearch.One deployment(String name) {
    return switch (new DeploymentSearch(client).find(name)) {
      case DeploymentSearch.One one -> one;
      case DeploymentSearch.None none ->
          throw CommandFailure.usage(
              "no deployment `" + name + "` on the server" + Hints.like(name, none.fullNames()));
      case DeploymentSearch.Several several ->
          throw CommandFailure.usage(
              "several deployments are called `"
                  + name
                  + "`: "
                  + String.join(", ", several.fullNames()));
    };
  }

  static String time(Instant instant) {
    return CLOCK.format(instant);
  }

  @Override
  public void close() {
    if (own) {
      client.close();
    }
  }
}
