package dev.mahavishnu.cli;

import dev.mahavishnu.engine.Engine;
import dev.mahavishnu.engine.ResumePlan;
import dev.mahavishnu.run.Command.Resume;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.StateType;
import dev.mahavishnu.spec.FlowSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code run resume}: goes on with a run; what is done is kept. */
@Command(
    name = "resume",
    description = "Go on with a run; what is done is kept.",
    footer = {"run resume last", "run resume k7q2 --spec flows/orders.yaml --dry-run"})
final class RunResume implements Callable<Integer> {
  private static final Duration MOST = Duration.ofSeconds(10);

  private final Workbench bench;

  @Parameters(index = "0", paramLabel = "RUN", description = "The run, or `last`.")
  String run = "";

  @Option(
      names = "--spec",
      paramLabel = "FILE",
      description = "With the flow edited: a new run, which takes over what did not change.")
  @Nullable String spec;

  @Option(names = "--dry-run", description = "Only say what would be kept and what would run.")
  boolean dryRun;

  @Mixin Execution execution = new Execution();

  @Option(names = "--server", description = "The run is one of the Prefect server.")
  boolean server;

  @Mixin ServerChoice choice = new ServerChoice();

  RunResume(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    if (server) {
      if (spec != null || dryRun) {
        throw CommandFailure.usage("--spec and --dry-run are for runs of this workspace");
      }
      try (Served served = choice.open(bench)) {
        return new ServerCommands(bench, served.usableRuns()).resume(run, execution);
      }
    }
    ServerRuns.none(choice);
    RunId id = new Runs(bench).find(run);
    Optional<FlowSource> edited = Optional.ofNullable(spec).map(bench.flows()::file);
    if (bench.store().isHeld(id) && edited.isEmpty() && isPaused(id) && !dryRun) {
      bench.store().send(id, new Resume(bench.person()));
      State now = new Answer(bench, id).await(MOST, s -> s.type() != StateType.PAUSED);
      // A process that was just letting go of the run has not read it: then the run is free.
      if (bench.store().isHeld(id) || now.type() != StateType.PAUSED) {
        return execution.noWait ? ExitCode.COMPLETED : new Watch(bench, execution.output).until(id);
      }
    }
    Engine engine = bench.engine();
    ResumePlan plan = engine.planResume(id, edited);
    new ResumePlanPrinter(bench, execution.output).print(plan);
    if (dryRun) {
      return ExitCode.COMPLETED;
    }
    long known =
        edited.isPresent() ? 0 : bench.store().history().fold(id).map(RunFold::seq).orElse(0L);
    return execution.execute(bench, known, () -> engine.resume(id, edited, "resume"));
  }

  /** Paused by a person, with its process waiting for the word to go on. */
  private boolean isPaused(RunId id) {
    return bench
        .store()
        .history()
        .fold(id)
        .filter(fold -> fold.state().type() == StateType.PAUSED)
        .isPresent();
  }
}
