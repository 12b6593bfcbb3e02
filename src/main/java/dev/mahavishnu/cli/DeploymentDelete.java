package dev.mahavishnu.cli;

import dev.mahavishnu.prefect.deploy.Applying;
import dev.mahavishnu.prefect.watch.DeploymentSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.MissingNode;

/** {@code deployment delete}: deployments with their schedules; the runs that they had stay. */
@Command(
    name = "delete",
    description = "Delete deployments with their schedules; the runs that they had stay.",
    footer = "deployment delete orders")
final class DeploymentDelete implements Callable<Integer> {
  private final Workbench bench;

  @Parameters(arity = "1..*", paramLabel = "DEPLOYMENT", description = "Names, or FLOW/NAME.")
  List<String> names = new ArrayList<>();

  @Mixin ServerChoice server = new ServerChoice();

  DeploymentDelete(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    try (Served served = server.open(bench)) {
      // All are found before the first is deleted: a misspelt name then deletes nothing.
      List<DeploymentSearch.One> found = names.stream().map(served::deployment).distinct().toList();
      for (DeploymentSearch.One one : found) {
        new Applying(served.client(), MissingNode.getInstance()).delete(one.deployment().id());
        bench.out().println("deleted " + one.fullName());
      }
    }
    return ExitCode.COMPLETED;
  }
}
