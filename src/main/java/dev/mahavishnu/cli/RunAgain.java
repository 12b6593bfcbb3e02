package dev.mahavishnu.cli;

import dev.mahavishnu.engine.Change;
import dev.mahavishnu.engine.Look;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code run again}: puts a task back. */
@Command(
    name = "again",
    description =
        "Put a task of a run that stands back, and all that depends on it: they run again.",
    footer = "run again last load")
final class RunAgain implements Callable<Integer> {
  private final Workbench bench;

  @Mixin Debugged debugged = new Debugged();

  @Parameters(index = "1", paramLabel = "TASK", description = "As load, load[3] or sub/load.")
  String task = "";

  @Mixin Amendment amendment = new Amendment();

  RunAgain(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    Look look = debugged.look(bench, null);
    return amendment.apply(
        bench, debugged, look.fold().run(), new Change.Again(Debugged.task(task, look)));
  }
}
