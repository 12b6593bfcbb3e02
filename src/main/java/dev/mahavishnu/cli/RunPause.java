package dev.mahavishnu.cli;

import dev.mahavishnu.engine.RunHandle;
import dev.mahavishnu.run.Command.Pause;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.StateType;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code run pause}: nothing new starts until a resume. */
@Command(
    name = "pause",
    description = "Start nothing new in a run until it is resumed.",
    footer = "run pause k7q2")
final class RunPause implements Callable<Integer> {
  private static final Duration MOST = Duration.ofSeconds(10);

  private final Workbench bench;

  @Parameters(index = "0", paramLabel = "RUN", description = "The run, or `last`.")
  String run = "";

  @Option(names = "--server", description = "The run is one of the Prefect server.")
  boolean server;

  @Mixin ServerChoice choice = new ServerChoice();

  RunPause(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    if (server) {
      try (Served served = choice.open(bench)) {
        return new ServerCommands(bench, served.usableRuns()).pause(run);
      }
    }
    ServerRuns.none(choice);
    RunId id = new Runs(bench).find(run);
    Optional<RunHandle> _ = bench.engine().command(id, new Pause(bench.person()));
    State state = new Answer(bench, id).await(MOST, s -> s.type() == StateType.PAUSED);
    boolean paused = state.type() == StateType.PAUSED;
    bench
        .out()
        .println(
            paused
                ? "run " + id + " is Paused; go on with: " + bench.commandLine("run resume " + id)
                : "run " + id + " is " + state.name());
    return paused ? ExitCode.COMPLETED : ExitCode.FAILED;
  }
}
