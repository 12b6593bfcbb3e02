package dev.mahavishnu.cli;

import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.Problem;
import dev.mahavishnu.spec.ReadResult;
import dev.mahavishnu.view.FlowView;
import dev.mahavishnu.view.Table;
import dev.mahavishnu.view.Tone;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code workflow list}: the flows that can be run by name. */
@Command(
    name = "list",
    description = "List the flows of the workspace, and those that came along.",
    footer = {"workflow list", "workflow list --output json"})
final class WorkflowList implements Callable<Integer>, Paged {
  private final Workbench bench;

  @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
  OutputFormat output = OutputFormat.TEXT;

  WorkflowList(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public boolean isPaged() {
    return output == OutputFormat.TEXT;
  }

  @Override
  public Integer call() {
    List<Flows.Entry> flows = bench.flows().all();
    if (output == OutputFormat.JSON) {
      flows.stream().map(WorkflowList::json).forEach(bench.out()::println);
    } else if (flows.isEmpty()) {
      bench.err().println("No flows here; `mahavishnu init` makes an example.");
    } else {
      Table table = new Table("FLOW", "TASKS", "SCHEDULE", "FILE", "DESCRIPTION");
      flows.forEach(entry -> table.row(row(entry)));
      table.lines(bench.palette(), bench.width()).forEach(bench.out()::println);
    }
    return ExitCode.COMPLETED;
  }

  private static List<Table.Cell> row(Flows.Entry entry) {
    return switch (entry.result()) {
      case ReadResult.Valid valid -> {
        Flow flow = valid.source().flow();
        yield List.of(
            new Table.Cell(Tone.TITLE, flow.name()),
            Table.Cell.of(String.valueOf(flow.tasks().size())),
            Table.Cell.of(String.join("; ", FlowView.schedules(flow))),
            Table.Cell.of(entry.shown()),
            new Table.Cell(Tone.QUIET, flow.description()));
      }
      case ReadResult.Invalid invalid ->
          List.of(
              new Table.Cell(Tone.BAD, entry.name()),
              Table.Cell.of(""),
              Table.Cell.of(""),
              Table.Cell.of(entry.shown()),
              new Table.Cell(Tone.BAD, first(invalid.problems())));
    };
  }

  private static String first(List<Problem> problems) {
    Problem problem = problems.getFirst();
    String more = problems.size() > 1 ? " (and " + (problems.size() - 1) + " more)" : "";
    return "line " + problem.at().line() + ": " + problem.message() + more;
  }

  private static String json(Flows.Entry entry) {
    JsonMapper mapper = new JsonMapper();
    ObjectNode json = mapper.createObjectNode();
    json.put("flow", entry.name()).put("file", entry.shown());
    switch (entry.result()) {
      case ReadResult.Valid valid -> {
        Flow flow = valid.source().flow();
        json.put("valid", true).put("description", flow.description());
        json.put("tasks", flow.tasks().size());
        FlowView.schedules(flow).forEach(json.putArray("schedules")::add);
      }
      case ReadResult.Invalid invalid ->
          json.put("valid", false).put("problem", first(invalid.problems()));
    }
    return mapper.writeValueAsString(json);
  }
}
