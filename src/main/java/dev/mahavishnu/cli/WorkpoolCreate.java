package dev.mahavishnu.cli;

import dev.mahavishnu.prefect.WorkPools.WorkPool;
import dev.mahavishnu.prefect.worker.PoolTemplate;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code workpool create}: makes a work pool that our workers serve. */
@Command(
    name = "create",
    description = "Make a work pool for Mahavishnu's workers.",
    footer = "workpool create warehouse --limit 4")
final class WorkpoolCreate implements Callable<Integer> {
  private final Workbench bench;

  @Parameters(index = "0", paramLabel = "POOL", description = "Its name.")
  String name = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most this many flow runs at a time, over all workers.")
  @Nullable Integer limit;

  @Option(names = "--description", paramLabel = "TEXT", description = "What it is for.")
  String description = "";

  @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
  OutputFormat output = OutputFormat.TEXT;

  WorkpoolCreate(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    if (limit != null && limit < 0) {
      throw CommandFailure.usage("--limit " + limit + ": expected 0 or more");
    }
    Pools pools = new Pools(bench);
    WorkPool pool = pools.create(name, Optional.ofNullable(limit), description);
    bench
        .out()
        .println(
            output == OutputFormat.JSON
                ? Pools.json(pool).toString()
                : "work pool "
                    + pool.name()
                    + " of type "
                    + PoolTemplate.TYPE
                    + " is made; a worker for it: "
                    + bench.commandLine("worker start --pool " + pool.name()));
    return ExitCode.COMPLETED;
  }
}
