package dev.mahavishnu.cli;

import dev.mahavishnu.spec.Diff;
import dev.mahavishnu.view.DiffView;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code workflow diff}: what is different between two flows. */
@Command(
    name = "diff",
    description = "Show what is different between two flows.",
    footer = "workflow diff etl_pipeline flows/orders.yaml")
final class WorkflowDiff implements Callable<Integer>, Paged {
  private final Workbench bench;

  @Parameters(index = "0", paramLabel = "BEFORE", description = "Name of a flow, or a file.")
  String before = "";

  @Parameters(index = "1", paramLabel = "AFTER", description = "Name of a flow, or a file.")
  String after = "";

  WorkflowDiff(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public boolean isPaged() {
    return true;
  }

  @Override
  public Integer call() {
    List<Diff> differences =
        Diff.between(bench.flows().find(before).flow(), bench.flows().find(after).flow());
    List<String> lines = DiffView.lines(differences, bench.palette(), bench.width());
    lines.forEach(bench.out()::println);
    if (lines.isEmpty()) {
      bench.err().println("No difference.");
    }
    return ExitCode.COMPLETED;
  }
}
