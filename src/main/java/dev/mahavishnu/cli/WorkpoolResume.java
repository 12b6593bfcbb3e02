package dev.mahavishnu.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code workpool resume}. */
@Command(
    name = "resume",
    description = "Give workers what waits in a work pool again.",
    footer = "workpool resume warehouse")
final class WorkpoolResume implements Callable<Integer> {
  private final Workbench bench;

  @Parameters(index = "0", paramLabel = "POOL", description = "Its name.")
  String name = "";

  @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
  OutputFormat output = OutputFormat.TEXT;

  WorkpoolResume(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    Pools pools = new Pools(bench);
    String found = pools.named(name).name();
    pools.client().workPools().resume(found);
    bench
        .out()
        .println(
            output == OutputFormat.JSON
                ? Pools.json(pools.named(found)).toString()
                : "work pool " + found + " is resumed");
    return ExitCode.COMPLETED;
  }
}
