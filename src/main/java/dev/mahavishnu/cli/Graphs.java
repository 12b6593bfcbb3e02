package dev.mahavishnu.cli;

import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.spec.FlowGraph;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.spec.FlowSource;
import dev.mahavishnu.spec.ReadResult;
import dev.mahavishnu.view.graph.Graph;
import dev.mahavishnu.view.graph.GraphOfRun;
import dev.mahavishnu.view.graph.Shape;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** The graphs of flows and runs. */
final class Graphs {
  private final Workbench bench;
  private final JsonMapper mapper = new JsonMapper();
  private final Map<String, Optional<Shape>> known = new HashMap<>();

  Graphs(Workbench bench) {
    this.bench = bench;
  }

  Graph of(FlowSource source) {
    return Graph.of(source.flow(), FlowGraph.of(source.flow(), bench.expressions()));
  }

  Graph of(RunId id) {
    RunHistory history = bench.store().history();
    RunFold fold = history.fold(id).orElseThrow(() -> Runs.gone(id));
    RunSummary summary = history.summary(id).orElseThrow(() -> Runs.gone(id));
    return new GraphOfRun(fold, summary.state(), bench.env().clock().instant(), this::shape)
        .graph();
  }

  /** The items of a mapped subflow have all the same spec. */
  private Optional<Shape> shape(String spec) {
    return known.computeIfAbsent(spec, this::read);
  }

  private Optional<Shape> read(String spec) {
    return switch (new FlowReader(bench.expressions()).draft("spec", mapper.readTree(spec))) {
      case ReadResult.Valid valid ->
          Optional.of(
              new Shape(
                  valid.source().flow(), FlowGraph.of(valid.source().flow(), bench.expressions())));
      case ReadResult.Invalid _ -> Optional.empty();
    };
  }
}
