package dev.mahavishnu.cli;

import dev.mahavishnu.run.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code run delete}: a run and all that belongs to it. */
@Command(
    name = "delete",
    description = "Delete runs with all that belongs to them.",
    footer = "run delete k7q2")
final class RunDelete implements Callable<Integer> {
  private final Workbench bench;

  @Parameters(arity = "1..*", paramLabel = "RUN", description = "The runs.")
  List<String> runs = new ArrayList<>();

  RunDelete(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    Runs finder = new Runs(bench);
    // All are found before the first is deleted: a misspelt name then deletes nothing.
    List<RunId> found = runs.stream().map(finder::find).distinct().toList();
    for (RunId run : found) {
      bench.store().delete(run);
      bench.out().println("deleted " + run);
    }
    return ExitCode.COMPLETED;
  }
}
