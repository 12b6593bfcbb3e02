package dev.mahavishnu.cli;

import dev.mahavishnu.llm.Surroundings;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.secret.Redactor;
import dev.mahavishnu.spec.FlowReader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** What a model may be told of the workspace of the commands. */
final class WorkspaceSurroundings implements Surroundings {
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

  /** The embedded engine has none. */
  @Override
  public List<String> deployments() {
    return List.of();
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
