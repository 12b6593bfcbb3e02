package dev.mahavishnu.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code workpool pause}. */
@Command(
    name = "pause",
    description = "Give workers nothing of a work pool any more; what runs goes on.",
    footer = "workpool pause warehouse")
final class WorkpoolPause implements Callable<Integer> {
  private final Workbench bench;

  @Parameters(index = "0", paramLabel = "POOL", description = "Its name.")
  String name = "";

  @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
  OutputFormat output = OutputFormat.TEXT;

  WorkpoolPause(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    Pools pools = new Pools(bench);
    String found = pools.named(name).name();
    pools.client().workPools().pause(found);
    bench
        .out()
        .println(
            output == OutputFormat.JSON
                ? Pools.json(pools.named(found)).toString()
                : "work pool " + found + " is paused");
    return ExitCode.COMPLETED;
  }
}
