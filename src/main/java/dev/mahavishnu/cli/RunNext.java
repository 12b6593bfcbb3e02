package dev.mahavishnu.cli;

import dev.mahavishnu.run.Stride;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code run next}: goes on a little. */
@picocli.CommandLine.Command(
    name = "next",
    description = "Let the next task run start, with all that is in it, then stop.",
    footer = "run next last")
final class RunNext implements Callable<Integer> {
  private final Workbench bench;

  @Parameters(index = "0", paramLabel = "RUN", description = "The run, or `last`.")
  String run = "";

  @Mixin Execution execution = new Execution();

  RunNext(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    return new Going(bench, execution)
        .on(
            new Runs(bench).find(run),
            new dev.mahavishnu.run.Command.Step(bench.person(), Stride.OVER));
  }
}
