package dev.mahavishnu.cli;

import dev.mahavishnu.run.RunId;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code run prune}: old runs that nobody needs any more. */
@Command(
    name = "prune",
    description = "Delete old runs; those that can be resumed and those that go on are spared.",
    footer = {"run prune --before 30d --dry-run", "run prune --keep-last 100"})
final class RunPrune implements Callable<Integer> {
  private final Workbench bench;

  @Option(
      names = "--before",
      paramLabel = "WHEN",
      description = "Only runs that ended before: an age such as 7d or 12h, or a date.")
  @Nullable String before;

  @Option(names = "--keep-last", paramLabel = "N", description = "Spare the newest N runs.")
  @Nullable Integer keepLast;

  @Option(names = "--dry-run", description = "Only say what would be deleted.")
  boolean dryRun;

  RunPrune(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    if (before == null && keepLast == null) {
      throw CommandFailure.usage("say what to delete: --before WHEN, --keep-last N, or both");
    }
    if (keepLast != null && keepLast < 0) {
      throw CommandFailure.usage("--keep-last " + keepLast + ": expected 0 or more");
    }
    Instant now = bench.env().clock().instant();
    Instant limit = before == null ? now : Past.of("--before", before, now);
    int keep = keepLast == null ? 0 : keepLast;
    List<RunId> pruned =
        bench.history().isEmpty() ? List.of() : bench.store().prune(limit, keep, dryRun);
    pruned.forEach(run -> bench.out().println((dryRun ? "would delete " : "deleted ") + run));
    if (pruned.isEmpty()) {
      bench.err().println("Nothing to delete.");
    }
    return ExitCode.COMPLETED;
  }
}
