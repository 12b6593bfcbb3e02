package dev.mahavishnu.cli;

import dev.mahavishnu.prefect.watch.DeploymentSearch;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code deployment pause}: its schedules make no runs any more. */
@Command(
    name = "pause",
    description = "Let the schedules of a deployment rest; what they had scheduled goes.",
    footer = "deployment pause orders")
final class DeploymentPause implements Callable<Integer> {
  private final Workbench bench;

  @Parameters(index = "0", paramLabel = "DEPLOYMENT", description = "Its name, or FLOW/NAME.")
  String name = "";

  @Mixin ServerChoice server = new ServerChoice();

  DeploymentPause(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    try (Served served = server.open(bench)) {
      DeploymentSearch.One one = served.deployment(name);
      served.client().deployments().pause(one.deployment().id());
      bench.out().println("paused " + one.fullName());
    }
    return ExitCode.COMPLETED;
  }
}
