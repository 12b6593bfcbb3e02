package dev.mahavishnu.cli;

import dev.mahavishnu.engine.Change;
import dev.mahavishnu.engine.Debugger;
import dev.mahavishnu.engine.ResumePlan;
import dev.mahavishnu.run.RunId;
import picocli.CommandLine.Option;

/** How a run that stands is changed. */
final class Amendment {
  @Option(names = "--why", paramLabel = "TEXT", description = "Why, for the record.")
  String why = "";

  @Option(names = "--dry-run", description = "Only say what would be kept and what would run.")
  boolean dryRun;

  /** Changes it and says what that comes to. */
  int apply(Workbench bench, Debugged debugged, RunId id, Change change) {
    Debugger debugger = debugged.debugger(bench);
    ResumePlan plan =
        dryRun ? debugger.planChange(id, change) : debugger.change(id, change, bench.person(), why);
    new ResumePlanPrinter(bench, debugged.output).print(plan);
    return ExitCode.COMPLETED;
  }
}
