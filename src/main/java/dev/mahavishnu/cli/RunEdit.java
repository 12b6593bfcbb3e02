package dev.mahavishnu.cli;

import dev.mahavishnu.engine.Change;
import dev.mahavishnu.engine.Look;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.spec.Diff;
import dev.mahavishnu.spec.FlowSource;
import dev.mahavishnu.spec.FlowWriter;
import dev.mahavishnu.view.DiffView;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code run edit}: another flow for the rest of a run. */
@Command(
    name = "edit",
    description =
        "Go on with another flow in a run that stands; what is done and not changed is kept.",
    footer = {"run edit last", "run edit last --spec flows/orders.yaml"})
final class RunEdit implements Callable<Integer> {
  private final Workbench bench;

  @Mixin Debugged debugged = new Debugged();

  @Option(
      names = "--spec",
      paramLabel = "FILE",
      description = "The flow from here on. Without it the flow that the run has is printed.")
  @Nullable String spec;

  @Mixin Amendment amendment = new Amendment();

  RunEdit(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    Look look = debugged.look(bench, null);
    RunId id = look.fold().run();
    if (spec == null) {
      debugged.answer(
          bench,
          () -> Debugged.json("spec", id).put("yaml", FlowWriter.yaml(look.flow())),
          () -> FlowWriter.yaml(look.flow()).lines().toList());
      return ExitCode.COMPLETED;
    }
    // Files stay relative to where the run's flow stands, wherever the edited text does.
    FlowSource source = bench.flows().file(spec, Path.of(look.fold().root().folder()));
    List<Diff> differences = Diff.between(look.flow(), source.flow());
    if (debugged.output == OutputFormat.TEXT) {
      DiffView.lines(differences, bench.palette(), bench.width()).forEach(bench.out()::println);
    }
    if (differences.isEmpty()) {
      bench.err().println("nothing changes");
      return ExitCode.COMPLETED;
    }
    return amendment.apply(bench, debugged, id, new Change.Edit(source, what(differences)));
  }

  /** Which tasks, for the record. */
  private static String what(List<Diff> differences) {
    List<String> tasks =
        differences.stream().map(Diff::about).filter(t -> !t.isEmpty()).distinct().toList();
    return tasks.isEmpty() ? "the flow" : String.join(", ", tasks);
  }
}
