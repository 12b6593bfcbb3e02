package dev.mahavishnu.cli;

import dev.mahavishnu.run.LogLine;
import dev.mahavishnu.run.LogPage;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.view.Cells;
import dev.mahavishnu.view.Palette;
import dev.mahavishnu.view.Tone;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code run logs}: what the tasks of a run printed. */
@Command(name = "logs", description = "Print what the tasks of a run printed.")
final class RunLogs implements Callable<Integer> {
  private final Workbench bench;
  private final JsonMapper mapper = new JsonMapper();

  @Parameters(index = "0", paramLabel = "RUN", description = "The run, or `last`.")
  String run = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TASK",
      description = "Only this task, with its items and the tasks of its subflow.")
  @Nullable String task;

  @Option(names = "--attempt", paramLabel = "N", description = "Only this attempt.")
  @Nullable Integer attempt;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on while the run goes on.")
  boolean follow;

  @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
  OutputFormat output = OutputFormat.TEXT;

  @Option(names = "--server", description = "The run is one of the Prefect server.")
  boolean server;

  @Mixin ServerChoice choice = new ServerChoice();

  RunLogs(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    if (server) {
      if (attempt != null) {
        throw CommandFailure.usage("--attempt is for runs of this workspace");
      }
      try (Served served = choice.open(bench)) {
        return new ServerLogLines(bench, served.usableRuns(), output, Optional.ofNullable(task))
            .print(run, follow);
      }
    }
    ServerRuns.none(choice);
    RunId id = new Runs(bench).find(run);
    RunHistory history = bench.store().history();
    try (Patience patience = new Patience(bench.env().interrupts())) {
      long offset = 0;
      while (true) {
        boolean held = bench.store().isHeld(id);
        offset = print(history, id, offset);
        if (!follow || !held) {
          return ExitCode.COMPLETED;
        }
        if (!patience.pause()) {
          return ExitCode.INTERRUPTED;
        }
      }
    }
  }

  private long print(RunHistory history, RunId id, long from) {
    long offset = from;
    while (true) {
      LogPage page = history.logs(id, offset);
      page.lines().stream().filter(this::chosen).forEach(this::print);
      if (page.next() == offset) {
        bench.out().flush();
        return offset;
      }
      offset = page.next();
    }
  }

  private boolean chosen(LogLine line) {
    return (task == null || isOf(line, task)) && (attempt == null || line.attempt() == attempt);
  }

  /** Whether a line is of the task, of an item of it, or of a task of its subflow. */
  static boolean isOf(LogLine line, String task) {
    String text = line.task().text();
    return text.equals(task) || text.startsWith(task + "[") || text.startsWith(task + "/");
  }

  private void print(LogLine line) {
    bench.out().println(output == OutputFormat.JSON ? json(line) : text(line));
  }

  private String json(LogLine line) {
    return mapper.writeValueAsString(node(line));
  }

  /** A line for programs. */
  static ObjectNode node(LogLine line) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("at", line.at().toString())
        .put("task", line.task().text())
        .put("attempt", line.attempt())
        .put("stream", line.stream())
        .put("text", line.text());
  }

  /** On a terminal without what could move its cursor; elsewhere as the task wrote it. */
  private String text(LogLine line) {
    Palette palette = bench.palette();
    String text = bench.env().screen().stdout() ? Cells.clean(line.text()) : line.text();
    Tone tone =
        switch (line.stream()) {
          case "stderr" -> Tone.WARN;
          case "system" -> Tone.QUIET;
          default -> Tone.PLAIN;
        };
    String painted = palette.paint(tone, text);
    boolean whole = line.task().text().equals(task);
    return whole ? painted : palette.paint(Tone.QUIET, line.task().text() + " | ") + painted;
  }
}
