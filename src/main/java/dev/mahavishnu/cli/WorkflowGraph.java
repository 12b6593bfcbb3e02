package dev.mahavishnu.cli;

import dev.mahavishnu.spec.FlowGraph;
import dev.mahavishnu.spec.FlowSource;
import dev.mahavishnu.view.GraphView;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code workflow graph}: who waits for whom. */
@Command(name = "graph", description = "Draw who waits for whom in a flow.")
final class WorkflowGraph implements Callable<Integer> {
  private final Workbench bench;

  @Mixin FlowChoice choice = new FlowChoice();

  /** For whom a graph is drawn. */
  enum Form {
    TEXT,
    MERMAID,
    DOT
  }

  @Option(
      names = {"--format", "--output"},
      paramLabel = "FORMAT",
      description = "text, mermaid or dot.")
  Form form = Form.TEXT;

  WorkflowGraph(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    FlowSource source = choice.source(bench);
    FlowGraph graph = FlowGraph.of(source.flow(), bench.expressions());
    GraphView view = new GraphView(source.flow(), graph);
    List<String> lines =
        switch (form) {
          case TEXT -> view.tree(bench.palette(), bench.width());
          case MERMAID -> view.mermaid();
          case DOT -> view.dot();
        };
    lines.forEach(bench.out()::println);
    return ExitCode.COMPLETED;
  }
}
