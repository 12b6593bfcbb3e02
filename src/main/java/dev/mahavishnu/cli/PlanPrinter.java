package dev.mahavishnu.cli;

import dev.mahavishnu.spec.FlowGraph;
import dev.mahavishnu.spec.FlowSource;
import dev.mahavishnu.view.FlowView;
import dev.mahavishnu.view.PlanJson;
import tools.jackson.databind.node.ObjectNode;

/** Prints what a run of a flow would do. */
final class PlanPrinter {
  private final Workbench bench;
  private final OutputFormat format;

  PlanPrinter(Workbench bench, OutputFormat format) {
    this.bench = bench;
    this.format = format;
  }

  int print(FlowSource source, ObjectNode parameters) {
    FlowGraph graph = FlowGraph.of(source.flow(), bench.expressions());
    if (format == OutputFormat.JSON) {
      bench.out().println(PlanJson.line(source.flow(), graph, parameters));
    } else {
      new FlowView(bench.palette(), bench.width())
          .plan(source.flow(), graph, parameters)
          .forEach(bench.out()::println);
    }
    return ExitCode.COMPLETED;
  }
}
