package dev.mahavishnu.cli;

import dev.mahavishnu.engine.RunHandle;
import dev.mahavishnu.run.Command.Cancel;
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

/** {@code run cancel}: stops a run for good. */
@Command(
    name = "cancel",
    description = "Stop a run for good; when this says so, nothing of it runs.",
    footer = "run cancel last")
final class RunCancel implements Callable<Integer> {
  private final Workbench bench;

  @Parameters(index = "0", paramLabel = "RUN", description = "The run, or `last`.")
  String run = "";

  @Option(names = "--server", description = "The run is one of the Prefect server.")
  boolean server;

  @Mixin ServerChoice choice = new ServerChoice();

  RunCancel(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (server) {
      try (Served served = choice.open(bench)) {
        return new ServerCommands(bench, served.usableRuns()).cancel(run);
      }
    }
    ServerRuns.none(choice);
    RunId id = new Runs(bench).find(run);
    Optional<RunHandle> taken = bench.engine().command(id, new Cancel(bench.person()));
    State state =
        taken.isPresent()
            ? taken.get().await()
            : new Answer(bench, id).await(patience(), s -> s.isFinal());
    bench.out().println("run " + id + " is " + state.name() + because(state));
    return state.type() == StateType.CANCELLED ? ExitCode.COMPLETED : ExitCode.FAILED;
  }

  /** All that a process may take to be killed, and a little for the disk. */
  private Duration patience() {
    Configuration.Engine engine = bench.configuration().engine();
    return engine.grace().plus(engine.killBound()).plusSeconds(15);
  }

  private static String because(State state) {
    return state.message().isEmpty() ? "" : ": " + state.message();
  }
}
