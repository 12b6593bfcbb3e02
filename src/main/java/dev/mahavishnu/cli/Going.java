package dev.mahavishnu.cli;

import dev.mahavishnu.engine.Engine;
import dev.mahavishnu.engine.EngineException;
import dev.mahavishnu.engine.RunHandle;
import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.StateType;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Which run goes on up to where it stops, and how that is shown. */
final class Going {
  private static final Duration MOST = Duration.ofSeconds(10);

  @Parameters(index = "0", paramLabel = "RUN", description = "The run, or `last`.")
  String run = "";

  @Mixin Execution execution = new Execution();

  /** Gives 0 where it stands at a breakpoint: that was asked for. */
  int on(Workbench bench, Command command) {
    RunId id = new Runs(bench).find(run);
    if (bench.store().isHeld(id) && fold(bench, id).state().type() == StateType.PAUSED) {
      // A process that was just letting go of the run has not read it: then the run is free.
      bench.store().send(id, command);
      new Answer(bench, id).awaitFold(MOST, f -> f.state().type() != StateType.PAUSED);
    }
    if (bench.store().isHeld(id)) {
      bench.store().send(id, command);
      return execution.noWait
          ? ExitCode.COMPLETED
          : code(bench, id, new Watch(bench, execution.output).until(id));
    }
    return code(
        bench,
        id,
        execution.execute(bench, fold(bench, id).seq(), () -> driven(bench, id, command)));
  }

  private static RunHandle driven(Workbench bench, RunId id, Command command) {
    Engine engine = bench.engine();
    Optional<RunHandle> handle = engine.command(id, command);
    return handle.orElseThrow(
        () -> new EngineException("another process has just taken run " + id + "; say it again"));
  }

  private static RunFold fold(Workbench bench, RunId id) {
    return bench
        .store()
        .history()
        .fold(id)
        .orElseThrow(() -> CommandFailure.usage("run " + id + " has been deleted"));
  }

  /** The exit code of a run that came to an end or stands. */
  static int code(Workbench bench, RunId id, int code) {
    return fold(bench, id).debugging().standing().isPresent() ? ExitCode.COMPLETED : code;
  }
}
