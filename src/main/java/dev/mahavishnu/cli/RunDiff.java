package dev.mahavishnu.cli;

import dev.mahavishnu.engine.Comparison;
import dev.mahavishnu.run.RunId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code run diff}: what is not the same in two runs. */
@Command(
    name = "diff",
    description = "Compare two runs: flows, parameters, inputs, outputs, states, times.",
    footer = {"run diff last", "run diff k7q2 last --all"})
final class RunDiff implements Callable<Integer> {
  private final Workbench bench;

  @Mixin Debugged debugged = new Debugged();

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "RUN",
      description = "The other run; without it, the one that the first was made from.")
  String other = "";

  @Option(names = "--all", description = "Tasks that came to the same, too.")
  boolean all;

  RunDiff(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    RunId one = debugged.id(bench);
    RunId first = other.isEmpty() ? from(one) : one;
    RunId second = other.isEmpty() ? one : new Runs(bench).find(other);
    Comparison comparison = debugged.debugger(bench).compare(first, second);
    ComparisonView view = new ComparisonView(comparison, all);
    debugged.answer(
        bench,
        () -> view.json(Debugged.json("diff", first).put("other", second.text())),
        () -> view.lines(bench.palette(), bench.width()));
    return ExitCode.COMPLETED;
  }

  private RunId from(RunId run) {
    return debugged
        .look(bench, null)
        .fold()
        .created()
        .from()
        .orElseThrow(
            () -> CommandFailure.usage("run " + run + " was made from no other; name two runs"));
  }
}
