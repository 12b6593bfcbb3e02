package dev.mahavishnu.cli;

import dev.mahavishnu.view.graph.Graph;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code graph}: of whatever has that name. */
@Command(
    name = "graph",
    description = "Draw a flow, or a run with the states of its tasks.",
    footer = {"graph etl_pipeline", "graph last", "graph last -o run.svg"})
final class AnyGraph implements Callable<Integer> {
  private final Workbench bench;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FLOW_OR_RUN",
      description = "A flow, or a run; the last run by default.")
  String name = Runs.LAST;

  @Mixin GraphOutput output = new GraphOutput();

  AnyGraph(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    return output.give(bench, graph());
  }

  /** A flow's name wins over the end of a run's id. */
  private Graph graph() {
    Graphs graphs = new Graphs(bench);
    Runs runs = new Runs(bench);
    List<String> flows = new ArrayList<>(bench.flows().names());
    if (!flows.contains(name) && (name.equals(Runs.LAST) || runs.has(name))) {
      return graphs.of(runs.find(name));
    }
    if (flows.contains(name) || Flows.isPath(name)) {
      return graphs.of(bench.flows().find(name));
    }
    throw CommandFailure.usage("no flow and no run `" + name + "`" + Hints.like(name, flows));
  }
}
