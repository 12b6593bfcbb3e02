package dev.mahavishnu.cli;

import dev.mahavishnu.prefect.Deployments.Deployment;
import dev.mahavishnu.prefect.Schedules.Schedule;
import dev.mahavishnu.prefect.ServerSchedule;
import dev.mahavishnu.prefect.deploy.Bundle;
import dev.mahavishnu.prefect.deploy.Evidence;
import dev.mahavishnu.prefect.deploy.Said;
import dev.mahavishnu.prefect.deploy.Wanted;
import dev.mahavishnu.prefect.watch.DeploymentSearch;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.view.Cells;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code deployment promote}: what stands and has run in one environment, for the next one. */
@Command(
    name = "promote",
    description = "Take a deployment from one environment to another, if its content ran there.",
    footer = "deployment promote orders --from staging --to production --dry-run")
final class DeploymentPromote implements Callable<Integer> {
  private final Workbench bench;

  @Parameters(index = "0", paramLabel = "DEPLOYMENT", description = "Its name, or FLOW/NAME.")
  String name = "";

  @Option(
      names = "--from",
      required = true,
      paramLabel = "NAME",
      description = "The environment where it stands and ran.")
  String from = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = "NAME",
      description = "The environment that gets the same.")
  String to = "";

  @Option(names = "--dry-run", description = "Only show what would change.")
  boolean dryRun;

  @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
  OutputFormat output = OutputFormat.TEXT;

  DeploymentPromote(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    try (Served source = ServerChoice.open(bench, Optional.of(from));
        Served target = ServerChoice.open(bench, Optional.of(to))) {
      if (source.isSameAs(target)) {
        throw CommandFailure.usage(
            "environments "
                + from
                + " and "
                + to
                + " are the same server, where a deployment can"
                + " only stand once; give each its api_url");
      }
      DeploymentSearch.One one = source.deployment(name);
      Bundle bundle =
          Bundle.among(one.deployment().pullSteps())
              .orElseThrow(
                  () ->
                      CommandFailure.usage(
                          one.fullName()
                              + " was not made by `deployment apply`: it can't be promoted"));
      require(source, one, bundle);
      Flow flow = bundle.flow(new FlowReader(bench.expressions()));
      Said said = target.said(flow).over(carried(one.deployment()));
      Wanted wanted = new Wanted(one.deployment().name(), flow, bundle, said, target.usualPool());
      Optional<Deployment> _ = new DeploymentChanges(bench, target, output).carry(wanted, dryRun);
    }
    return ExitCode.COMPLETED;
  }

  /** That this very content has come to a good end. */
  private void require(Served source, DeploymentSearch.One one, Bundle bundle) {
    Evidence evidence = Evidence.of(source.client(), one.flow(), bundle.hash());
    String what =
        "content " + bundle.hash().substring(0, 12) + " of " + Cells.clean(one.fullName());
    if (evidence.completed().isEmpty()) {
      throw CommandFailure.unreachable(
          what
              + " never completed in "
              + from
              + " ("
              + (evidence.states().isEmpty()
                  ? "it never ran there"
                  : "its runs: " + evidence.shown())
              + "); nothing was promoted");
    }
    if (output == OutputFormat.TEXT) {
      String run = Cells.clean(evidence.completed().get().name());
      bench.out().println(what + " completed in " + from + " as " + run);
    }
  }

  /** What was said when it was applied, and belongs to the deployment wherever it is. */
  private static Said carried(Deployment deployment) {
    List<ServerSchedule> schedules =
        deployment.schedules().stream()
            .filter(s -> s.slug().startsWith("option-"))
            .map(Schedule::schedule)
            .toList();
    return new Said(
        Optional.empty(),
        Optional.empty(),
        JsonNodeFactory.instance.objectNode(),
        Optional.of(deployment.tags()).filter(tags -> !tags.isEmpty()),
        Optional.empty(),
        Optional.empty(),
        schedules,
        Optional.empty());
  }
}
