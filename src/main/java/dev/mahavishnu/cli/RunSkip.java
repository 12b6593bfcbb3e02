package dev.mahavishnu.cli;

import dev.mahavishnu.engine.Change;
import dev.mahavishnu.engine.Look;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code run skip}: a task does not run. */
@Command(
    name = "skip",
    description = "Have a task of a run that stands count as skipped.",
    footer = "run skip last notify --why \"nobody to tell\"")
final class RunSkip implements Callable<Integer> {
  private final Workbench bench;

  @Mixin Debugged debugged = new Debugged();

  @Parameters(index = "1", paramLabel = "TASK", description = "As load, load[3] or sub/load.")
  String task = "";

  @Mixin Amendment amendment = new Amendment();

  RunSkip(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    Look look = debugged.look(bench, null);
    return amendment.apply(
        bench,
        debugged,
        look.fold().run(),
        new Change.Mark(Debugged.task(task, look), Change.Mark.As.SKIPPED));
  }
}
