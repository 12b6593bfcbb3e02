package dev.mahavishnu.cli;

import dev.mahavishnu.run.StateType;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code workpool delete}. */
@Command(
    name = "delete",
    description = "Delete a work pool, with what waits in it.",
    footer = "workpool delete warehouse --force")
final class WorkpoolDelete implements Callable<Integer> {
  private final Workbench bench;

  @Parameters(index = "0", paramLabel = "POOL", description = "Its name.")
  String name = "";

  @Option(names = "--force", description = "Also when flow runs of it run or wait.")
  boolean force;

  WorkpoolDelete(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    Pools pools = new Pools(bench);
    String found = pools.named(name).name();
    int left = pools.count(found, StateType.SCHEDULED, StateType.PENDING, StateType.RUNNING);
    if (left > 0 && !force) {
      throw CommandFailure.unreachable(
          "work pool "
              + found
              + " has "
              + left
              + " flow runs that run or wait; --force deletes it");
    }
    pools.client().workPools().delete(found);
    bench.out().println("work pool " + found + " is deleted");
    return ExitCode.COMPLETED;
  }
}
