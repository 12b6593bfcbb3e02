package dev.mahavishnu.cli;

import dev.mahavishnu.run.Command.Resume;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code run continue}: goes on up to the next breakpoint. */
@Command(
    name = "continue",
    description = "Go on with a run up to the next breakpoint.",
    footer = "run continue last")
final class RunContinue implements Callable<Integer> {
  private final Workbench bench;

  @Parameters(index = "0", paramLabel = "RUN", description = "The run, or `last`.")
  String run = "";

  @Mixin Execution execution = new Execution();

  RunContinue(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    return new Going(bench, execution).on(new Runs(bench).find(run), new Resume(bench.person()));
  }
}
