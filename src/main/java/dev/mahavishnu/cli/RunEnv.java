package dev.mahavishnu.cli;

import dev.mahavishnu.engine.Look;
import dev.mahavishnu.run.TaskKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code run env}: the environment that a task adds. */
@Command(
    name = "env",
    description = "Show where a task works, and the environment it adds; secrets are masked.",
    footer = "run env last load")
final class RunEnv implements Callable<Integer> {
  private final Workbench bench;

  @Mixin Debugged debugged = new Debugged();

  @Parameters(index = "1", paramLabel = "TASK", description = "As load, load[3] or sub/load.")
  String task = "";

  RunEnv(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    Look look = debugged.look(bench, null);
    TaskKey key = Debugged.task(task, look);
    Map<String, String> environment = Debugged.asked(() -> look.environment(key));
    environment.replaceAll((_, value) -> look.redactor().redact(value));
    String folder = look.workingDir(key).toString();
    debugged.answer(
        bench,
        () -> {
          ObjectNode json = Debugged.json("env", look.fold().run()).put("task", key.text());
          json.put("working_dir", folder);
          ObjectNode variables = json.putObject("env");
          environment.forEach(variables::put);
          return json;
        },
        () -> {
          List<String> lines = new ArrayList<>(List.of("working_dir " + folder));
          environment.forEach((name, value) -> lines.add(name + "=" + value));
          return lines;
        });
    return ExitCode.COMPLETED;
  }
}
