package dev.mahavishnu.cli;

import dev.mahavishnu.engine.Look;
import dev.mahavishnu.run.TaskKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code run shell}: a shell where a task works. */
@Command(
    name = "shell",
    description =
        "Open the system's shell in a task's folder with its environment, secrets included.",
    footer = {"run shell last load", "run shell last load ls"})
final class RunShell implements Callable<Integer> {
  private final Workbench bench;

  @Parameters(index = "0", paramLabel = "RUN", description = "The run, or `last`.")
  String run = "";

  @Parameters(index = "1", paramLabel = "TASK", description = "As load, load[3] or sub/load.")
  String task = "";

  @Parameters(
      index = "2..*",
      paramLabel = "COMMAND",
      description = "What it does; without, it reads from the terminal.")
  List<String> command = new ArrayList<>();

  RunShell(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Look look =
        bench.engine().debugger().look(new Runs(bench).find(run), java.util.Optional.empty());
    TaskKey key = Debugged.task(task, look);
    Path folder = TaskShell.folder(look, key);
    List<String> words = new ArrayList<>(List.of(TaskShell.shell(bench.env())));
    if (!command.isEmpty()) {
      words.addAll(List.of("-c", String.join(" ", command)));
    } else if (!bench.env().screen().stdin() || bench.displays().isPresent()) {
      throw CommandFailure.usage("a shell needs a terminal of its own; or say what it should do");
    }
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
    builder.environment().putAll(look.environment(key));
    builder.redirectInput(
        command.isEmpty() ? ProcessBuilder.Redirect.INHERIT : ProcessBuilder.Redirect.PIPE);
    return command.isEmpty() ? interactive(builder) : said(builder);
  }

  private static int interactive(ProcessBuilder builder) throws IOException, InterruptedException {
    return builder.inheritIO().start().waitFor();
  }

  /** What it prints goes where this command prints. */
  private int said(ProcessBuilder builder) throws IOException, InterruptedException {
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    try (var lines = process.inputReader().lines()) {
      lines.map(dev.mahavishnu.view.Cells::clean).forEach(bench.out()::println);
    }
    return process.waitFor();
  }
}
