package dev.mahavishnu.cli;

import dev.mahavishnu.spec.FlowSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code workflow plan}: what a run would do. */
@Command(
    name = "plan",
    description = "Print what a run would do: its parameters, and its tasks in order.")
final class WorkflowPlan implements Callable<Integer> {
  private final Workbench bench;

  @Mixin FlowChoice choice = new FlowChoice();
  @Mixin FlowParameters parameters = new FlowParameters();

  @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
  OutputFormat output = OutputFormat.TEXT;

  WorkflowPlan(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    FlowSource source = choice.source(bench);
    return new PlanPrinter(bench, output).print(source, parameters.bind(source.flow(), bench));
  }
}
