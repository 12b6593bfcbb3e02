package dev.mahavishnu.cli;

import dev.mahavishnu.prefect.Filter;
import dev.mahavishnu.prefect.FlowRuns.FlowRun;
import dev.mahavishnu.prefect.ServerState;
import dev.mahavishnu.prefect.TaskRuns.TaskRun;
import dev.mahavishnu.view.Cells;
import dev.mahavishnu.view.Table;
import dev.mahavishnu.view.Tone;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** All about one run of the server. */
final class ServerShow {
  private final Workbench bench;
  private final ServerRuns runs;
  private final OutputFormat format;
  private final DateTimeFormatter clock =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

  ServerShow(Workbench bench, ServerRuns runs, OutputFormat format) {
    this.bench = bench;
    this.runs = runs;
    this.format = format;
  }

  int show(String text) {
    FlowRun run = runs.find(text);
    Instant now = bench.env().clock().instant();
    List<TaskRun> tasks =
        runs.client()
            .taskRuns()
            .filter(Filter.ALL.flowRunIds(run.id()))
            .sorted(Comparator.comparing(task -> task.startTime().orElse(Instant.MAX)))
            .toList();
    if (format == OutputFormat.JSON) {
      bench.out().println(new ServerRunJson(runs).detail(run, tasks, now));
    } else {
      facts(runs, run, now);
      tasks(tasks, now);
    }
    return ExitCode.COMPLETED;
  }

  private void facts(ServerRuns runs, FlowRun run, Instant now) {
    fact("run", run.name() + " (" + run.id() + ")");
    fact("of", runs.what(run));
    String state = run.state().map(s -> s.name() + message(s)).orElse("");
    bench
        .out()
        .println(
            title("state")
                + bench
                    .palette()
                    .paint(
                        run.state().map(ServerLines::tone).orElse(Tone.PLAIN), Cells.clean(state)));
    run.startTime()
        .ifPresentOrElse(
            start ->
                fact(
                    "started",
                    clock.format(start) + ", " + ServerList.span(start, run.endTime().orElse(now))),
            () -> run.expectedStartTime().ifPresent(at -> fact("expected", clock.format(at))));
    for (Map.Entry<String, JsonNode> parameter : run.parameters().properties()) {
      fact("parameter", parameter.getKey() + " = " + parameter.getValue());
    }
    if (!run.tags().isEmpty()) {
      fact("tags", String.join(", ", run.tags()));
    }
    if (!run.workPoolName().isEmpty()) {
      fact("pool", run.workPoolName());
    }
    Optional.ofNullable(run.labels().get("mahavishnu.run"))
        .ifPresent(id -> fact("here", "run " + id.asString("")));
    runs.page(run).map(URI::toString).ifPresent(url -> fact("page", url));
  }

  private static String message(ServerState state) {
    return state.message().isEmpty() ? "" : ": " + state.message();
  }

  private String title(String title) {
    return bench.palette().paint(Tone.QUIET, Cells.pad(title, 11));
  }

  private void fact(String title, String text) {
    bench.out().println(title(title) + Cells.clean(text));
  }

  private void tasks(List<TaskRun> tasks, Instant now) {
    if (tasks.isEmpty()) {
      return;
    }
    Table table = new Table("TASK", "STATE", "STARTED", "TIME", "MESSAGE");
    for (TaskRun task : tasks) {
      table.row(
          List.of(
              Table.Cell.of(Cells.clean(task.name())),
              new Table.Cell(
                  task.state().map(ServerLines::tone).orElse(Tone.PLAIN),
                  Cells.clean(task.state().map(ServerState::name).orElse(""))),
              Table.Cell.of(task.startTime().map(clock::format).orElse("")),
              Table.Cell.of(
                  task.startTime()
                      .map(start -> ServerList.span(start, task.endTime().orElse(now)))
                      .orElse("")),
              Table.Cell.of(
                  Cells.clean(
                      task.state()
                          .map(ServerLines::because)
                          .map(text -> text.replaceFirst("^: ", ""))
                          .orElse("")))));
    }
    bench.out().println();
    table.lines(bench.palette(), bench.width()).forEach(bench.out()::println);
  }
}
