package dev.mahavishnu.cli;

import dev.mahavishnu.engine.Adapter;
import dev.mahavishnu.engine.RunHandle;
import dev.mahavishnu.spec.FlowSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** {@code workflow trigger}: runs a flow. */
@Command(name = "trigger", description = "Run a flow.")
final class WorkflowTrigger implements Callable<Integer> {
  private final Workbench bench;

  @Mixin FlowChoice choice = new FlowChoice();

  @Option(
      names = "--adapter",
      paramLabel = "ADAPTER",
      description = "Where it runs: embedded (the default), or prefect.")
  String adapter = "embedded";

  @Mixin FlowParameters parameters = new FlowParameters();
  @Mixin Execution execution = new Execution();

  @Option(
      names = "--dry-run",
      description = "Print what would run, with its parameters, and run nothing.")
  boolean dryRun;

  WorkflowTrigger(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    FlowSource source = choice.source(bench);
    ObjectNode values = parameters.bind(source.flow(), bench);
    bench.checkAdapter(adapter);
    if (execution.noWait && choice.isStandardInput()) {
      throw CommandFailure.usage("--no-wait: write the flow to a file first");
    }
    if (dryRun) {
      return new PlanPrinter(bench, execution.output).print(source, values);
    }
    return execution.execute(bench, () -> submit(source, values));
  }

  private RunHandle submit(FlowSource source, ObjectNode values) {
    Adapter chosen = bench.adapter(adapter, execution.notes(bench));
    return chosen.submit(new Adapter.Submission(source, values, Optional.empty(), "trigger"));
  }
}
