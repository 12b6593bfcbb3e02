package dev.mahavishnu.cli;

import dev.mahavishnu.engine.Adapter;
import dev.mahavishnu.engine.RunHandle;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.spec.FlowSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** {@code workflow trigger}: runs a flow. */
@Command(
    name = "trigger",
    description = "Run a flow; with --adapter prefect also a deployment of the server.",
    footer = {
      "workflow trigger etl_pipeline",
      "workflow trigger --name orders --param day=2026-01-02 --output json",
      "workflow trigger --file flows/orders.yaml --no-wait"
    })
final class WorkflowTrigger implements Callable<Integer> {
  private final Workbench bench;

  @Mixin FlowChoice choice = new FlowChoice();

  @Option(
      names = "--adapter",
      paramLabel = "ADAPTER",
      description =
          "Where it runs: embedded (the default), or prefect, which has the run on the server too.")
  String adapter = "embedded";

  @Mixin FlowParameters parameters = new FlowParameters();
  @Mixin Execution execution = new Execution();

  @Option(
      names = "--dry-run",
      description = "Print what would run, with its parameters, and run nothing.")
  boolean dryRun;

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description =
          "With the key of an earlier run of a deployment, that run is followed and none is made.")
  @Nullable String idempotencyKey;

  WorkflowTrigger(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    Optional<String> other = adapter.equals("prefect") ? choice.otherName(bench) : Optional.empty();
    if (other.isPresent()
        && bench.configuration().prefect().enabled()
        && bench.prefect().isConfigured()) {
      return new DeploymentTrigger(bench, execution, dryRun)
          .trigger(other.get(), parameters, Optional.ofNullable(idempotencyKey));
    }
    if (idempotencyKey != null) {
      throw CommandFailure.usage("--idempotency-key is for deployments of a Prefect server");
    }
    FlowSource source = choice.source(bench);
    ObjectNode values = parameters.bind(source.flow(), bench);
    bench.checkAdapter(adapter);
    if (execution.noWait && choice.isStandardInput()) {
      throw CommandFailure.usage("--no-wait: write the flow to a file first");
    }
    if (dryRun) {
      return new PlanPrinter(bench, execution.output).print(source, values);
    }
    AtomicReference<RunId> run = new AtomicReference<>();
    int code = execution.execute(bench, () -> submit(source, values, run));
    Optional.ofNullable(run.get())
        .filter(_ -> !execution.noWait)
        .flatMap(id -> bench.store().history().summary(id))
        .flatMap(end -> new FollowersNote(bench).of(source.flow().name(), end.state()))
        .ifPresent(execution.notes(bench));
    return code;
  }

  private RunHandle submit(FlowSource source, ObjectNode values, AtomicReference<RunId> run) {
    Adapter chosen = bench.adapter(adapter, execution.notes(bench));
    RunHandle handle =
        chosen.submit(new Adapter.Submission(source, values, Optional.empty(), "trigger"));
    run.set(handle.run());
    return handle;
  }
}
