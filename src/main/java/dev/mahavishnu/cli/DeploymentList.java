package dev.mahavishnu.cli;

import dev.mahavishnu.prefect.Deployments.Deployment;
import dev.mahavishnu.prefect.deploy.NextRuns;
import dev.mahavishnu.prefect.deploy.ScheduleTexts;
import dev.mahavishnu.prefect.watch.DeploymentSearch;
import dev.mahavishnu.view.Table;
import dev.mahavishnu.view.Tone;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code deployment list}: the deployments of the server, by name. */
@Command(
    name = "list",
    description = "List the deployments of the server.",
    footer = {"deployment list", "deployment list --env staging"})
final class DeploymentList implements Callable<Integer>, Paged {
  private final Workbench bench;

  @Mixin ServerChoice server = new ServerChoice();

  @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
  OutputFormat output = OutputFormat.TEXT;

  DeploymentList(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public boolean isPaged() {
    return output == OutputFormat.TEXT;
  }

  @Override
  public Integer call() {
    try (Served served = server.open(bench)) {
      List<DeploymentSearch.One> all = new DeploymentSearch(served.client()).all();
      if (all.isEmpty() && output == OutputFormat.TEXT) {
        bench.err().println("No deployments there; `deployment apply` makes one.");
        return ExitCode.COMPLETED;
      }
      NextRuns next = NextRuns.of(served.client());
      if (output == OutputFormat.JSON) {
        all.forEach(one -> bench.out().println(DeploymentJson.of(one, next)));
      } else {
        Table table = new Table("DEPLOYMENT", "POOL", "STATUS", "NEXT RUN", "SCHEDULES");
        all.forEach(one -> table.row(row(one, next)));
        table.lines(bench.palette(), bench.width()).forEach(bench.out()::println);
      }
    }
    return ExitCode.COMPLETED;
  }

  private static List<Table.Cell> row(DeploymentSearch.One one, NextRuns next) {
    Deployment deployment = one.deployment();
    return List.of(
        new Table.Cell(Tone.TITLE, one.fullName()),
        Table.Cell.of(deployment.workPoolName()),
        status(deployment),
        Table.Cell.of(next.first(deployment.id()).map(Served::time).orElse("")),
        Table.Cell.of(
            deployment.schedules().stream()
                .map(s -> ScheduleTexts.text(s.schedule()) + (s.active() ? "" : ", paused"))
                .collect(Collectors.joining("; "))));
  }

  static Table.Cell status(Deployment deployment) {
    if (deployment.paused()) {
      return new Table.Cell(Tone.WARN, "paused");
    }
    return deployment.status().equals("READY")
        ? new Table.Cell(Tone.GOOD, "ready")
        : new Table.Cell(Tone.QUIET, "no worker");
  }
}
