package dev.mahavishnu.cli;

import dev.mahavishnu.engine.Look;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.TaskKey;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code run alone}: one task with the inputs that a run recorded. */
@Command(
    name = "alone",
    description = "Run one task alone with the inputs that a run recorded, as a run of its own.",
    footer = "run alone last load")
final class RunAlone implements Callable<Integer> {
  private final Workbench bench;

  @Parameters(index = "0", paramLabel = "RUN", description = "The run, or `last`.")
  String run = "";

  @Parameters(index = "1", paramLabel = "TASK", description = "As load or load[3].")
  String task = "";

  @Mixin Execution execution = new Execution();

  RunAlone(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    RunId id = new Runs(bench).find(run);
    Look look = bench.engine().debugger().look(id, Optional.empty());
    TaskKey key = Debugged.task(task, look);
    return execution.execute(bench, () -> bench.engine().forking().alone(id, key, "alone"));
  }
}
