package dev.mahavishnu.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code run graph}: who waits for whom in a run, and how each stands. */
@Command(
    name = "graph",
    description = "Draw the tasks of a run with their states.",
    footer = {"run graph last", "run graph k7q2 --format mermaid"})
final class RunGraph implements Callable<Integer> {
  private final Workbench bench;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "RUN",
      description = "The run; the last one by default.")
  String run = Runs.LAST;

  @Mixin GraphOutput output = new GraphOutput();

  RunGraph(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    return output.give(bench, new Graphs(bench).of(new Runs(bench).find(run)));
  }
}
