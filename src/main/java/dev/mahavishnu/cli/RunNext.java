package dev.mahavishnu.cli;

import dev.mahavishnu.run.Command.Step;
import dev.mahavishnu.run.Stride;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code run next}: goes on a little. */
@Command(
    name = "next",
    description = "Let the next task run start, with all that is in it, then stop.",
    footer = "run next last")
final class RunNext implements Callable<Integer> {
  private final Workbench bench;

  @Mixin Going going = new Going();

  RunNext(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    return going.on(bench, new Step(bench.person(), Stride.OVER));
  }
}
