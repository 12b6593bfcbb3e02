package dev.mahavishnu.cli;

import dev.mahavishnu.engine.Look;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.run.State;
import dev.mahavishnu.view.WhereView;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code run where}: where a run stands. */
@Command(
    name = "where",
    description = "Show where a run stands, or stood after an event.",
    footer = {"run where last", "run where k7q2 --at 12 --output json"})
final class RunWhere implements Callable<Integer> {
  private final Workbench bench;

  @Mixin Debugged debugged = new Debugged();

  @Option(
      names = "--at",
      paramLabel = "EVENT",
      description = "Number of an event: the run as it was after it.")
  @Nullable Long at;

  RunWhere(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    RunId id = debugged.id(bench);
    Look look = debugged.look(bench, at);
    long events = at == null ? look.fold().seq() : debugged.look(bench, null).fold().seq();
    State state =
        at == null
            ? bench.store().history().summary(id).map(RunSummary::state).orElse(look.fold().state())
            : look.fold().state();
    Instant now = bench.env().clock().instant();
    WhereView.Facts facts =
        new WhereView.Facts(look.fold(), state, look.flow(), look.graph(""), events);
    debugged.answer(
        bench,
        () -> WhereView.json(facts, Debugged.json("where", id)),
        () -> new WhereView(bench.palette(), bench.width()).lines(facts, now));
    return ExitCode.COMPLETED;
  }
}
