package dev.mahavishnu.cli;

import dev.mahavishnu.engine.Look;
import dev.mahavishnu.run.TaskKey;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code run inputs}: what a task sees. */
@Command(
    name = "inputs",
    description = "Show what a task sees, and what the expressions in its fields come to.",
    footer = "run inputs last load")
final class RunInputs implements Callable<Integer> {
  private final Workbench bench;

  @Mixin Debugged debugged = new Debugged();

  @Parameters(index = "1", paramLabel = "TASK", description = "As load, load[3] or sub/load.")
  String task = "";

  @Option(
      names = "--at",
      paramLabel = "EVENT",
      description = "Number of an event: the run as it was after it.")
  @Nullable Long at;

  RunInputs(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    Look look = debugged.look(bench, at);
    TaskKey key = Debugged.task(task, look);
    ObjectNode inputs = Debugged.asked(() -> look.inputs(key));
    debugged.answer(
        bench,
        () -> {
          ObjectNode json = Debugged.json("inputs", look.fold().run()).put("task", key.text());
          json.setAll(inputs);
          return json;
        },
        () -> List.of(RunPrint.text(inputs)));
    return ExitCode.COMPLETED;
  }
}
