package dev.mahavishnu.cli;

import dev.mahavishnu.run.RunId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Whose log is printed, and how. */
final class LogChoice {
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
      names = {"-f", "--follow"},
      description = "Go on while the run goes on.")
  boolean follow;

  @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
  OutputFormat output = OutputFormat.TEXT;

  Optional<String> task() {
    return Optional.ofNullable(task);
  }

  RunId id(Workbench bench) {
    return new Runs(bench).find(run);
  }

  LogLines lines(Workbench bench, Optional<Integer> attempt) {
    return new LogLines(bench, output, task(), attempt);
  }
}
