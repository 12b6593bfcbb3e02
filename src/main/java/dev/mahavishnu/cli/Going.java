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

/** Has a run go on up to where it stops. */
final class Going {
  private static final Duration MOST = Duration.ofSeconds(10);

  private final Workbench bench;
  private final Execution execution;

  Going(Workbench bench, Execution execution) {
    this.bench = bench;
    this.execution = execution;
  }

  /** Gives 0 where it stands at a breakpoint: that was asked for. */
  int on(RunId id, Command command) {
    if (bench.store().isHeld(id) && fold(id).state().type() == StateType.PAUSED) {
      // A process that was just letting go of the run has not read it: then the run is free.
      bench.store().send(id, command);
      new Answer(bench, id).awaitFold(MOST, f -> f.state().type() != StateType.PAUSED);
    }
    if (bench.store().isHeld(id)) {
      bench.store().send(id, command);
      return execution.noWait
          ? ExitCode.COMPLETED
          : code(id, new Watch(bench, execution.output).until(id));
    }
    return code(id, execution.execute(bench, fold(id).seq(), () -> driven(id, command)));
  }

  private RunHandle driven(RunId id, Command command) {
    Engine engine = bench.engine();
    Optional<RunHandle> handle = engine.command(id, command);
    return handle.orElseThrow(
        () -> new EngineException("another process has just taken run " + id + "; say it again"));
  }

  private RunFold fold(RunId id) {
    return bench
        .store()
        .history()
        .fold(id)
        .orElseThrow(() -> CommandFailure.usage("run " + id + " has been deleted"));
  }

  /** The exit code of a run that came to an end or stands. */
  int code(RunId id, int code) {
    return fold(id).debugging().standing().isPresent() ? ExitCode.COMPLETED : code;
  }
}
