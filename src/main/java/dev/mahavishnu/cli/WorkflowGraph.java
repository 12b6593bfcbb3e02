package dev.mahavishnu.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code workflow graph}: who waits for whom. */
@Command(
    name = "graph",
    description = "Draw who waits for whom in a flow.",
    footer = {"workflow graph etl_pipeline", "workflow graph etl_pipeline --format mermaid"})
final class WorkflowGraph implements Callable<Integer>, Paged {
  private final Workbench bench;

  @Mixin FlowChoice choice = new FlowChoice();
  @Mixin GraphOutput output = new GraphOutput();

  WorkflowGraph(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public boolean isPaged() {
    return true;
  }

  @Override
  public Integer call() {
    return output.give(bench, new Graphs(bench).of(choice.source(bench)));
  }
}
