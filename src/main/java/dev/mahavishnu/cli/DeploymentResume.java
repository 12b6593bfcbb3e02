package dev.mahavishnu.cli;

import dev.mahavishnu.prefect.watch.DeploymentSearch;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code deployment resume}: its schedules make runs again. */
@Command(
    name = "resume",
    description = "Let the schedules of a deployment make runs again.",
    footer = "deployment resume orders")
final class DeploymentResume implements Callable<Integer> {
  private final Workbench bench;

  @Parameters(index = "0", paramLabel = "DEPLOYMENT", description = "Its name, or FLOW/NAME.")
  String name = "";

  @Mixin ServerChoice server = new ServerChoice();

  DeploymentResume(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    try (Served served = server.open(bench)) {
      DeploymentSearch.One one = served.deployment(name);
      served.client().deployments().resume(one.deployment().id());
      bench.out().println("resumed " + one.fullName());
    }
    return ExitCode.COMPLETED;
  }
}
