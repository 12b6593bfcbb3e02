package dev.mahavishnu.cli;

import dev.mahavishnu.engine.Engine;
import dev.mahavishnu.run.RunId;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code run retry}: a new run of the same flow, linked to the old one. */
@Command(
    name = "retry",
    description = "Make a new run of the same flow and parameters, which takes over what is done.",
    footer = {"run retry last", "run retry k7q2 --from load"})
final class RunRetry implements Callable<Integer> {
  private final Workbench bench;

  @Parameters(index = "0", paramLabel = "RUN", description = "The run, or `last`.")
  String run = "";

  @Option(
      names = "--from",
      paramLabel = "TASK",
      description = "This task and all that depend on it run again, done or not.")
  @Nullable String from;

  @Option(names = "--dry-run", description = "Only say what would be kept and what would run.")
  boolean dryRun;

  @Mixin Execution execution = new Execution();

  RunRetry(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    RunId id = new Runs(bench).find(run);
    Optional<String> task = Optional.ofNullable(from);
    Engine engine = bench.engine();
    new ResumePlanPrinter(bench, execution.output).print(engine.planRetry(id, task));
    return dryRun
        ? ExitCode.COMPLETED
        : execution.execute(bench, () -> engine.retry(id, task, "retry"));
  }
}
