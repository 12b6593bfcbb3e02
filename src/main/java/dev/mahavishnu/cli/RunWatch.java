package dev.mahavishnu.cli;

import dev.mahavishnu.run.RunId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code run watch}: a run as it goes on in another process. */
@Command(
    name = "watch",
    description = "Watch a run until it ends; Ctrl-C only stops watching.",
    footer = "run watch last")
final class RunWatch implements Callable<Integer> {
  private final Workbench bench;

  @Parameters(index = "0", paramLabel = "RUN", description = "The run, or `last`.")
  String run = "";

  @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
  OutputFormat output = OutputFormat.TEXT;

  @Option(names = "--server", description = "The run is one of the Prefect server.")
  boolean server;

  @Mixin ServerChoice choice = new ServerChoice();

  RunWatch(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    if (server) {
      try (Served served = choice.open(bench)) {
        ServerRuns runs = served.usableRuns();
        return new ServerFollow(bench, runs, output).until(runs.find(run));
      }
    }
    ServerRuns.none(choice);
    RunId id = new Runs(bench).find(run);
    return new Watch(bench, output).until(id);
  }
}
