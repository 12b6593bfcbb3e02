package dev.mahavishnu.cli;

import dev.mahavishnu.spec.FlowSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code workflow plan}: what a run would do, or the flow that a sentence means. */
@Command(
    name = "plan",
    description = {
      "Print what a run would do: its parameters, and its tasks in order.",
      "With a sentence in place of a name: the flow that it means."
    },
    footer = {
      "workflow plan etl_pipeline",
      "workflow plan \"every day at 06:00 run ./a.sh then run ./b.sh\""
    })
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
    Optional<String> sentence = choice.sentence();
    if (sentence.isPresent()) {
      return new SentencePlan(bench, output).print(sentence.get());
    }
    FlowSource source = choice.source(bench);
    return new PlanPrinter(bench, output).print(source, parameters.bind(source.flow(), bench));
  }
}
