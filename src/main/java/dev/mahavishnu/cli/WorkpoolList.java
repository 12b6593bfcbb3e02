package dev.mahavishnu.cli;

import dev.mahavishnu.prefect.WorkPools.WorkPool;
import dev.mahavishnu.run.StateType;
import dev.mahavishnu.view.Table;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code workpool list}: the work pools of the server. */
@Command(name = "list", description = "List the server's work pools.", footer = "workpool list")
final class WorkpoolList implements Callable<Integer>, Paged {
  private final Workbench bench;

  @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
  OutputFormat output = OutputFormat.TEXT;

  WorkpoolList(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public boolean isPaged() {
    return output == OutputFormat.TEXT;
  }

  @Override
  public Integer call() {
    Pools pools = new Pools(bench);
    List<WorkPool> all = pools.all().toList();
    if (output == OutputFormat.JSON) {
      all.forEach(pool -> bench.out().println(Pools.json(pool)));
      return ExitCode.COMPLETED;
    }
    if (all.isEmpty()) {
      bench
          .err()
          .println(
              "The server has no work pools; make one with: "
                  + bench.commandLine("workpool create NAME"));
      return ExitCode.COMPLETED;
    }
    Table table = new Table("POOL", "TYPE", "STATUS", "LIMIT", "RUNNING", "DESCRIPTION");
    all.forEach(
        pool ->
            table.row(
                List.of(
                    Table.Cell.of(pool.name()),
                    Table.Cell.of(pool.type()),
                    new Table.Cell(Pools.tone(pool.status()), pool.status()),
                    Table.Cell.of(pool.concurrencyLimit().map(String::valueOf).orElse("none")),
                    Table.Cell.of(
                        String.valueOf(
                            pools.count(pool.name(), StateType.PENDING, StateType.RUNNING))),
                    Table.Cell.of(pool.description()))));
    table.lines(bench.palette(), bench.width()).forEach(bench.out()::println);
    return ExitCode.COMPLETED;
  }
}
