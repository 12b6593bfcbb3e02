package dev.mahavishnu.cli;

import dev.mahavishnu.prefect.WorkPools.WorkPool;
import dev.mahavishnu.prefect.Workers.Worker;
import dev.mahavishnu.view.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code worker list}: the workers that the server knows. */
@Command(
    name = "list",
    description = "List the workers that the server knows.",
    footer = "worker list --pool warehouse")
final class WorkerList implements Callable<Integer>, Paged {
  private final Workbench bench;

  @Option(names = "--pool", paramLabel = "POOL", description = "Only those of this work pool.")
  @Nullable String pool;

  @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
  OutputFormat output = OutputFormat.TEXT;

  WorkerList(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public boolean isPaged() {
    return output == OutputFormat.TEXT;
  }

  @Override
  public Integer call() {
    Pools pools = new Pools(bench);
    List<String> names =
        pool == null ? pools.all().map(WorkPool::name).toList() : List.of(pools.named(pool).name());
    Table table = new Table("WORKER", "STATUS", "LAST HEARTBEAT", "POOL");
    boolean some = false;
    for (String name : names) {
      for (Worker worker : pools.workers(name)) {
        some = true;
        if (output == OutputFormat.JSON) {
          bench.out().println(Pools.json(name, worker));
        } else {
          List<Table.Cell> cells = new ArrayList<>(row(pools, worker));
          cells.add(Table.Cell.of(name));
          table.row(cells);
        }
      }
    }
    if (!some) {
      bench.err().println("No worker is known to the server.");
    } else if (output == OutputFormat.TEXT) {
      table.lines(bench.palette(), bench.width()).forEach(bench.out()::println);
    }
    return ExitCode.COMPLETED;
  }

  static List<Table.Cell> row(Pools pools, Worker worker) {
    return List.of(
        Table.Cell.of(worker.name()),
        new Table.Cell(Pools.tone(worker.status()), worker.status()),
        Table.Cell.of(pools.beat(worker)));
  }
}
