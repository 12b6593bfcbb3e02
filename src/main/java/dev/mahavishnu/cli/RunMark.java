package dev.mahavishnu.cli;

import dev.mahavishnu.engine.Change;
import dev.mahavishnu.engine.Look;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code run mark}: a task counts as ended. */
@Command(
    name = "mark",
    description = "Have a task of a run that stands count as completed, failed or skipped.",
    footer = "run mark last load completed")
final class RunMark implements Callable<Integer> {
  private final Workbench bench;

  @Mixin Debugged debugged = new Debugged();

  @Parameters(index = "1", paramLabel = "TASK", description = "As load, load[3] or sub/load.")
  String task = "";

  @Parameters(index = "2", paramLabel = "STATE", description = "completed, failed or skipped.")
  Change.Mark.As as = Change.Mark.As.COMPLETED;

  @Mixin Amendment amendment = new Amendment();

  RunMark(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    Look look = debugged.look(bench, null);
    return amendment.apply(
        bench, debugged, look.fold().run(), new Change.Mark(Debugged.task(task, look), as));
  }
}
