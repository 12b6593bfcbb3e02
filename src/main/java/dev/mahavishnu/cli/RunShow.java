package dev.mahavishnu.cli;

import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.store.Checkpoint;
import dev.mahavishnu.view.RunDetail;
import dev.mahavishnu.view.RunDetailJson;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code run show}: all about one run. */
@Command(
    name = "show",
    description = "Show a run: its state, parameters, tasks and outputs.",
    footer = {"run show last", "run show k7q2 --output json"})
final class RunShow implements Callable<Integer>, Paged {
  private final Workbench bench;

  @Parameters(index = "0", paramLabel = "RUN", description = "The run, or `last`.")
  String run = "";

  @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
  OutputFormat output = OutputFormat.TEXT;

  @Option(names = "--server", description = "The run is one of the Prefect server.")
  boolean server;

  @Mixin ServerChoice choice = new ServerChoice();

  RunShow(Workbench bench) {
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
        return new ServerShow(bench, served.usableRuns(), output).show(run);
      }
    }
    ServerRuns.none(choice);
    RunDetail.Facts facts = facts(new Runs(bench).find(run));
    Instant now = bench.env().clock().instant();
    if (output == OutputFormat.JSON) {
      bench.out().println(RunDetailJson.line(facts, now));
    } else {
      new RunDetail(bench.palette(), bench.width(), ZoneId.systemDefault())
          .lines(facts, now)
          .forEach(bench.out()::println);
    }
    return ExitCode.COMPLETED;
  }

  private RunDetail.Facts facts(RunId id) {
    RunHistory history = bench.store().history();
    RunFold fold = history.fold(id).orElseThrow(() -> Runs.gone(id));
    RunSummary summary = history.summary(id).orElseThrow(() -> Runs.gone(id));
    JsonNode outputs =
        fold.outputs() < 0
            ? JsonNodeFactory.instance.objectNode()
            : history.output(id, fold.outputs());
    return new RunDetail.Facts(
        summary, fold, bench.store().checkpoint(id).map(Checkpoint::at), outputs);
  }
}
