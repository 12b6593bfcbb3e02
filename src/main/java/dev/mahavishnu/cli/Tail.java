package dev.mahavishnu.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tail}: the last lines of a run's log. */
@Command(
    name = "tail",
    description = "Print the last lines of what the tasks of a run printed.",
    footer = {"tail", "tail last load -n 20 -f"})
final class Tail implements Callable<Integer> {
  private final Workbench bench;

  @Mixin LogChoice which = new LogChoice();

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "N",
      description = "How many; 10 by default.")
  int lines = 10;

  Tail(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    if (lines < 0) {
      throw CommandFailure.usage("--lines " + lines + ": expected 0 or more");
    }
    return which.lines(bench, Optional.empty()).printLast(which.id(bench), lines, which.follow);
  }
}
