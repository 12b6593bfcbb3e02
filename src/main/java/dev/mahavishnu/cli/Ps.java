package dev.mahavishnu.cli;

import dev.mahavishnu.view.LiveRun;
import dev.mahavishnu.view.LiveTable;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ps}: the runs that processes execute now. */
@Command(
    name = "ps",
    description = "List the runs that a process executes now, with who does and what they took.",
    footer = {"ps", "ps --output json"})
final class Ps implements Callable<Integer> {
  private final Workbench bench;

  @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
  OutputFormat output = OutputFormat.TEXT;

  Ps(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    List<LiveRun> runs = new LiveRuns(bench).now();
    Instant now = bench.env().clock().instant();
    if (output == OutputFormat.JSON) {
      runs.forEach(run -> bench.out().println(LiveTable.json(run, now)));
    } else if (runs.isEmpty()) {
      bench.err().println("Nothing runs here now.");
    } else {
      new LiveTable(bench.palette())
          .processes(runs, now, bench.width())
          .forEach(bench.out()::println);
    }
    return ExitCode.COMPLETED;
  }
}
