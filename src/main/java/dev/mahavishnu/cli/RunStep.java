package dev.mahavishnu.cli;

import dev.mahavishnu.run.Command.Step;
import dev.mahavishnu.run.Stride;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code run step}: goes on a little. */
@Command(
    name = "step",
    description = "Let the next task run start, then stop; it goes into maps and subflows.",
    footer = "run step last")
final class RunStep implements Callable<Integer> {
  private final Workbench bench;

  @Mixin Going going = new Going();

  RunStep(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    return going.on(bench, new Step(bench.person(), Stride.INTO));
  }
}
