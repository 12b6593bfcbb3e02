package dev.mahavishnu.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

  @Mixin LogChoice which = new LogChoice();

  @Option(names = "--attempt", paramLabel = "N", description = "Only this attempt.")
  @Nullable Integer attempt;

  @Option(names = "--server", description = "The run is one of the Prefect server.")
  boolean server;

  @Mixin ServerChoice choice = new ServerChoice();

  RunLogs(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public boolean isPaged() {
    return !which.follow && which.output == OutputFormat.TEXT;
  }

  @Override
  public Integer call() {
    if (server) {
      if (attempt != null) {
        throw CommandFailure.usage("--attempt is for runs of this workspace");
      }
      try (Served served = choice.open(bench)) {
        return new ServerLogLines(bench, served.usableRuns(), which.output, which.task())
            .print(which.run, which.follow);
      }
    }
    ServerRuns.none(choice);
    return which.lines(bench, Optional.ofNullable(attempt)).print(which.id(bench), which.follow);
  }
}
