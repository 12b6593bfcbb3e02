package dev.mahavishnu.cli;

import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.run.StateType;
import dev.mahavishnu.view.RunJson;
import dev.mahavishnu.view.RunTable;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code run list}: the runs of the workspace, newest first. */
@Command(
    name = "list",
    description = "List runs, newest first.",
    footer = {"run list", "run list --flow orders --state failed --limit 5"})
final class RunList implements Callable<Integer>, Paged {
  private static final int SCREENFUL = 50;

  private final Workbench bench;

  @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
  OutputFormat output = OutputFormat.TEXT;

  @Option(names = "--flow", paramLabel = "NAME", description = "Only runs of this flow.")
  @Nullable String flow;

  @Option(names = "--state", paramLabel = "STATE", description = "Only runs in this state.")
  @Nullable StateType state;

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      description = "At most this many; 0 for all. Text shows 50 by default, JSON all.")
  @Nullable Integer limit;

  @Option(names = "--server", description = "The runs of the Prefect server.")
  boolean server;

  @Mixin ServerChoice choice = new ServerChoice();

  RunList(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public boolean isPaged() {
    return output == OutputFormat.TEXT;
  }

  @Override
  public Integer call() {
    if (server) {
      try (Served served = choice.open(bench)) {
        return new ServerList(bench, served.usableRuns(), output, most(SCREENFUL))
            .list(Optional.ofNullable(flow), Optional.ofNullable(state));
      }
    }
    ServerRuns.none(choice);
    Instant now = bench.env().clock().instant();
    if (output == OutputFormat.JSON) {
      chosen().limit(most(0)).map(run -> RunJson.summary(run, now)).forEach(bench.out()::println);
      return ExitCode.COMPLETED;
    }
    long most = most(SCREENFUL);
    List<RunSummary> runs = chosen().limit(most == Long.MAX_VALUE ? most : most + 1).toList();
    if (runs.isEmpty()) {
      bench
          .err()
          .println(flow == null && state == null ? "Nothing has run here yet." : "No such run.");
      return ExitCode.COMPLETED;
    }
    List<RunSummary> shown = runs.stream().limit(most).toList();
    new RunTable(bench.palette(), ZoneId.systemDefault())
        .lines(shown, now, bench.width())
        .forEach(bench.out()::println);
    if (runs.size() > shown.size()) {
      bench.err().println("and older ones; --limit 0 shows all");
    }
    return ExitCode.COMPLETED;
  }

  private long most(int standard) {
    int most = limit == null ? standard : limit;
    return most <= 0 ? Long.MAX_VALUE : most;
  }

  private Stream<RunSummary> chosen() {
    return bench.history().stream()
        .flatMap(Runs::newestFirst)
        .filter(run -> flow == null || run.flow().equals(flow))
        .filter(run -> state == null || run.state().type() == state);
  }
}
