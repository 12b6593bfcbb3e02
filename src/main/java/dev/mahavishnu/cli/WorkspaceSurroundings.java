package dev.mahavishnu.cli;

import dev.mahavishnu.llm.Surroundings;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.PrefectException;
import dev.mahavishnu.prefect.PrefectSettings;
import dev.mahavishnu.prefect.watch.DeploymentSearch;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.secret.Redactor;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.view.Cells;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a model may be told of the workspace of the commands. */
final class WorkspaceSurroundings implements Surroundings {
  /** Nobody waits for these names: a model plans without them too. */
  private static final Duration DEPLOYMENTS_TIMEOUT = Duration.ofSeconds(1);

  private static final int MOST_DEPLOYMENTS = 100;

  private final Workbench bench;
  private final KnownSecrets secrets;

  WorkspaceSurroundings(Workbench bench, KnownSecrets secrets) {
    this.bench = bench;
    this.secrets = secrets;
  }

  @Override
  public Path root() {
    return bench.workspace().root();
  }

  @Override
  public List<KnownFlow> flows() {
    return bench.flows().texts().stream()
        .map(flow -> new KnownFlow(flow.name(), flow.file(), flow.text()))
        .toList();
  }

  @Override
  public Optional<RunHistory> history() {
    return bench.history();
  }

  @Override
  public Redactor redactor() {
    return secrets.redactor();
  }

  /** Those of the server, where one is configured and answers at once. */
  @Override
  public List<String> deployments() {
    try {
      PrefectInForce prefect = bench.prefect();
      return prefect.isConfigured() ? names(prefect.settings()) : List.of();
    } catch (CommandFailure _) {
      return List.of();
    }
  }

  private static List<String> names(PrefectSettings settings) {
    PrefectSettings quick =
        new PrefectSettings(
            settings.apiUrl(), settings.credential(), DEPLOYMENTS_TIMEOUT, 0, List.of());
    try (PrefectClient client = new PrefectClient(quick)) {
      return new DeploymentSearch(client)
          .fullNames(MOST_DEPLOYMENTS).stream().map(Cells::clean).toList();
    } catch (PrefectException _) {
      return List.of();
    }
  }

  @Override
  public FlowReader reader() {
    return new FlowReader(bench.expressions());
  }

  @Override
  public Clock clock() {
    return bench.env().clock().withZone(bench.configuration().planner().timezone());
  }
}
