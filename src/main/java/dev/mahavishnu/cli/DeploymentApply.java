package dev.mahavishnu.cli;

import dev.mahavishnu.prefect.Deployments.Deployment;
import dev.mahavishnu.prefect.deploy.Bundle;
import dev.mahavishnu.prefect.deploy.Said;
import dev.mahavishnu.prefect.deploy.Wanted;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code deployment apply}: brings a flow to the server. */
@Command(
    name = "apply",
    description = "Bring a flow to the server, or change it there; shows what changes.",
    footer = {
      "deployment apply etl_pipeline --pool warehouse",
      "deployment apply orders --env production --cron \"0 6 * * 1-5\" --timezone Europe/Berlin"
    })
final class DeploymentApply implements Callable<Integer> {
  private final Workbench bench;

  @Mixin FlowChoice choice = new FlowChoice();

  @Option(
      names = "--deployment-name",
      paramLabel = "NAME",
      description = "Of the deployment; the flow's name by default.")
  @Nullable String name;

  @Mixin ServerChoice server = new ServerChoice();

  @Option(
      names = "--pool",
      paramLabel = "POOL",
      description = "The work pool whose workers run it; made where there is none.")
  @Nullable String pool;

  @Option(names = "--queue", paramLabel = "QUEUE", description = "Of the pool.")
  @Nullable String queue;

  @Mixin ScheduleOptions schedules = new ScheduleOptions();
  @Mixin FlowParameters parameters = new FlowParameters();

  @Option(names = "--tag", paramLabel = "TAG", description = "Of its runs; may be repeated.")
  List<String> tags = new ArrayList<>();

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      description = "At most this many of its runs at a time; 0 for no limit.")
  @Nullable Integer concurrency;

  @Option(names = "--paused", description = "Its schedules make no runs.")
  boolean paused;

  @Option(names = "--dry-run", description = "Only show what would change.")
  boolean dryRun;

  @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
  OutputFormat output = OutputFormat.TEXT;

  DeploymentApply(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    FlowSource source = choice.source(bench);
    Flow flow = source.flow();
    Said said = said(flow);
    try (Served served = server.open(bench)) {
      Bundle bundle = Bundle.of(source, bench.flows()::source);
      Wanted wanted =
          new Wanted(
              DeploymentNames.checked(Optional.ofNullable(name).orElse(flow.name())),
              flow,
              bundle,
              said.over(served.said(flow)),
              served.usualPool());
      Optional<Deployment> _ = new DeploymentChanges(bench, served, output).carry(wanted, dryRun);
    }
    return ExitCode.COMPLETED;
  }

  private Said said(Flow flow) {
    if (concurrency != null && concurrency < 0) {
      throw CommandFailure.usage("--concurrency " + concurrency + ": expected 0 or more");
    }
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    parameters.given(flow, bench).forEach(values::set);
    return new Said(
        Optional.ofNullable(pool).map(text -> DeploymentNames.given("--pool", text)),
        Optional.ofNullable(queue).map(text -> DeploymentNames.given("--queue", text)),
        values,
        tags.isEmpty() ? Optional.empty() : Optional.of(tags),
        Optional.ofNullable(concurrency),
        paused ? Optional.of(true) : Optional.empty(),
        schedules.schedules(bench),
        Optional.empty());
  }
}
