package dev.mahavishnu.cli;

import dev.mahavishnu.schedule.Timetable;
import dev.mahavishnu.spec.FlowSource;
import dev.mahavishnu.spec.Problem;
import dev.mahavishnu.spec.ReadResult;
import dev.mahavishnu.view.ProblemView;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code workflow validate}: whether flows can run. */
@Command(
    name = "validate",
    description = "Check flows; by default all of the workspace.",
    footer = {"workflow validate", "workflow validate flows/orders.yaml --output json"})
final class WorkflowValidate implements Callable<Integer> {
  private final Workbench bench;

  @Parameters(
      arity = "0..*",
      paramLabel = "FLOW",
      description = "Names of flows, or paths of their files; - is standard input.")
  List<String> flows = new ArrayList<>();

  @Option(names = "--name", paramLabel = "NAME", description = "Name of a flow.")
  @Nullable String name;

  @Option(names = "--file", paramLabel = "FILE", description = "Path of a flow's file.")
  @Nullable String file;

  @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
  OutputFormat output = OutputFormat.TEXT;

  WorkflowValidate(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    List<Flows.Entry> entries = chosen();
    if (entries.isEmpty()) {
      throw CommandFailure.usage("there are no flows here");
    }
    int bad = 0;
    for (Flows.Entry entry : entries) {
      switch (entry.result()) {
        case ReadResult.Valid valid -> good(entry, valid);
        case ReadResult.Invalid invalid -> {
          bad++;
          tell(entry, invalid.problems());
        }
      }
    }
    return bad == 0 && !ring(entries) ? ExitCode.COMPLETED : ExitCode.INVALID;
  }

  /** Flows that are fine each by itself, and together would never end. */
  private boolean ring(List<Flows.Entry> entries) {
    List<FlowSource> good = entries.stream().flatMap(e -> e.source().stream()).toList();
    Set<String> ring = Timetable.ring(good.stream().map(FlowSource::flow).toList());
    if (!ring.isEmpty()) {
      bench
          .err()
          .println(
              "the triggers of these flows form a ring: " + String.join(", ", new TreeSet<>(ring)));
    }
    return !ring.isEmpty();
  }

  private List<Flows.Entry> chosen() {
    List<Flows.Entry> entries = new ArrayList<>();
    flows.forEach(flow -> entries.add(bench.flows().entryOf(flow)));
    if (name != null) {
      entries.add(bench.flows().entryNamed(name));
    }
    if (file != null) {
      entries.add(bench.flows().entryAt(file));
    }
    return flows.isEmpty() && name == null && file == null ? bench.flows().ofWorkspace() : entries;
  }

  private void good(Flows.Entry entry, ReadResult.Valid valid) {
    int tasks = valid.source().flow().tasks().size();
    if (output == OutputFormat.TEXT) {
      bench.out().println(entry.shown() + ": valid, " + tasks + (tasks == 1 ? " task" : " tasks"));
    }
  }

  private void tell(Flows.Entry entry, List<Problem> problems) {
    if (output == OutputFormat.JSON) {
      problems.stream().map(p -> node(p).toString()).forEach(bench.out()::println);
    } else {
      new ProblemView(bench.errorPalette())
          .lines(problems, entry.text(), 200)
          .forEach(bench.err()::println);
    }
  }

  /** A problem for programs. */
  static ObjectNode node(Problem problem) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "problem")
        .put("file", problem.file())
        .put("line", problem.at().line())
        .put("column", problem.at().column())
        .put("message", problem.message())
        .put("hint", problem.hint());
  }
}
