package dev.mahavishnu.cli;

import dev.mahavishnu.run.Stride;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code run step}: goes on a little. */
@picocli.CommandLine.Command(
    name = "step",
    description = "Let the next task run start, then stop; it goes into maps and subflows.",
    footer = "run step last")
final class RunStep implements Callable<Integer> {
  private final Workbench bench;

  @Parameters(index = "0", paramLabel = "RUN", description = "The run, or `last`.")
  String run = "";

  @Mixin Execution execution = new Execution();

  RunStep(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    return new Going(bench, execution)
        .on(
            new Runs(bench).find(run),
            new dev.mahavishnu.run.Command.Step(bench.person(), Stride.INTO));
  }
}
