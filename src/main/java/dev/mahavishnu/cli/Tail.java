package dev.mahavishnu.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tail}: the last lines of a run's log. */
@Command(
    name = "tail",
    description = "Print the last lines of what the tasks of a run printed.",
    footer = {"tail", "tail last load -n 20 -f"})
final class Tail implements Callable<Integer> {
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

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "N",
      description = "How many; 10 by default.")
  int lines = 10;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on while the run goes on.")
  boolean follow;

  @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
  OutputFormat output = OutputFormat.TEXT;

  Tail(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    if (lines < 0) {
      throw CommandFailure.usage("--lines " + lines + ": expected 0 or more");
    }
    return new LogLines(bench, output, Optional.ofNullable(task), Optional.empty())
        .printLast(new Runs(bench).find(run), lines, follow);
  }
}
