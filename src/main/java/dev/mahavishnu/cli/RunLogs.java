package dev.mahavishnu.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code run logs}, or {@code logs}: what the tasks of a run printed. */
@Command(
    name = "logs",
    description = "Print what the tasks of a run printed.",
    footer = {
      "run logs last",
      "run logs k7q2 load --attempt 2",
      "run logs last --follow",
      "logs",
      "logs last load -f"
    })
final class RunLogs implements Callable<Integer>, Paged {
  private final Workbench bench;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "RUN",
      description = "The run; the last one by default.")
  String run = "last";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TASK",
      description = "Only this task, with its items and the tasks of its subflow.")
  @Nullable String task;

  @Option(names = "--attempt", paramLabel = "N", description = "Only this attempt.")
  @Nullable Integer attempt;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on while the run goes on.")
  boolean follow;

  @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
  OutputFormat output = OutputFormat.TEXT;

  @Option(names = "--server", description = "The run is one of the Prefect server.")
  boolean server;

  @Mixin ServerChoice choice = new ServerChoice();

  RunLogs(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public boolean isPaged() {
    return !follow && output == OutputFormat.TEXT;
  }

  @Override
  public Integer call() {
    if (server) {
      if (attempt != null) {
        throw CommandFailure.usage("--attempt is for runs of this workspace");
      }
      try (Served served = choice.open(bench)) {
        return new ServerLogLines(bench, served.usableRuns(), output, Optional.ofNullable(task))
            .print(run, follow);
      }
    }
    ServerRuns.none(choice);
    return new LogLines(bench, output, Optional.ofNullable(task), Optional.ofNullable(attempt))
        .print(new Runs(bench).find(run), follow);
  }
}
