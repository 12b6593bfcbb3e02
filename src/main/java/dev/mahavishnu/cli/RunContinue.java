package dev.mahavishnu.cli;

import dev.mahavishnu.run.Command.Resume;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code run continue}: goes on up to the next breakpoint. */
@Command(
    name = "continue",
    description = "Go on with a run up to the next breakpoint.",
    footer = "run continue last")
final class RunContinue implements Callable<Integer> {
  private final Workbench bench;

  @Mixin Going going = new Going();

  RunContinue(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    return going.on(bench, new Resume(bench.person()));
  }
}
