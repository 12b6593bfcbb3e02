package dev.mahavishnu.cli;

import dev.mahavishnu.schedule.Timetable;
import dev.mahavishnu.spec.FlowGraph;
import dev.mahavishnu.spec.FlowSource;
import dev.mahavishnu.spec.FlowWriter;
import dev.mahavishnu.view.FlowView;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code workflow show}: a flow for people, or as the spec that it is. */
@Command(
    name = "show",
    description = "Show a flow: as an outline, or as YAML or JSON.",
    footer = {"workflow show etl_pipeline", "workflow show --file flows/orders.yaml --format json"})
final class WorkflowShow implements Callable<Integer>, Paged {
  private static final int TIMES = 3;

  private final Workbench bench;

  @Mixin FlowChoice choice = new FlowChoice();

  /** How a flow is shown. */
  enum Form {
    TEXT,
    YAML,
    JSON
  }

  @Option(
      names = {"--output", "--format"},
      paramLabel = "FORMAT",
      description = "text, yaml or json.")
  Form form = Form.TEXT;

  WorkflowShow(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public boolean isPaged() {
    return true;
  }

  @Override
  public Integer call() {
    FlowSource source = choice.source(bench);
    switch (form) {
      case TEXT -> {
        new FlowView(bench.palette(), bench.width())
            .lines(source.flow(), FlowGraph.of(source.flow(), bench.expressions()))
            .forEach(bench.out()::println);
        next(source);
      }
      case YAML -> bench.out().print(FlowWriter.yaml(source.flow()));
      case JSON -> bench.out().println(FlowWriter.json(source.flow()));
    }
    return ExitCode.COMPLETED;
  }

  private void next(FlowSource source) {
    if (!source.flow().schedules().isEmpty()) {
      Timetable table = new Timetable(List.of(source));
      bench.out().println("next times");
      table.next(bench.env().clock().instant(), TIMES, _ -> true).stream()
          .limit(TIMES)
          .forEach(next -> bench.out().println("  " + ServeDisplay.time(next)));
      table.problems().forEach(problem -> bench.out().println("  " + problem));
    }
  }
}
