package dev.mahavishnu.cli;

import dev.mahavishnu.prefect.Filter;
import dev.mahavishnu.prefect.FlowRuns.FlowRun;
import dev.mahavishnu.prefect.ServerState;
import dev.mahavishnu.run.Spans;
import dev.mahavishnu.run.StateType;
import dev.mahavishnu.view.Cells;
import dev.mahavishnu.view.Table;
import dev.mahavishnu.view.Tone;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** The runs of the server, newest first. */
final class ServerList {
  private final Workbench bench;
  private final ServerRuns runs;
  private final OutputFormat format;
  private final long most;
  private final DateTimeFormatter clock =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

  /**
   * @param most how many at most
   */
  ServerList(Workbench bench, ServerRuns runs, OutputFormat format, long most) {
    this.bench = bench;
    this.runs = runs;
    this.format = format;
    this.most = most;
  }

  int list(Optional<String> flow, Optional<StateType> state) {
    Instant now = bench.env().clock().instant();
    long asked = most == Long.MAX_VALUE ? most : most + 1;
    List<FlowRun> found =
        runs.client().flowRuns().filter(filter(flow, state, now)).limit(asked).toList();
    List<FlowRun> shown = found.stream().limit(most).toList();
    runs.know(shown);
    if (format == OutputFormat.JSON) {
      ServerRunJson json = new ServerRunJson(runs);
      shown.forEach(run -> bench.out().println(json.summary(run, now)));
    } else if (shown.isEmpty()) {
      bench.err().println("No such run on the server.");
    } else {
      table(runs, shown, now);
    }
    if (found.size() > shown.size()) {
      bench.err().println("and older ones; --limit 0 shows all");
    }
    return ExitCode.COMPLETED;
  }

  /** Of what waits for its time, schedules make a lot: it is listed where it is asked for. */
  private static Filter filter(Optional<String> flow, Optional<StateType> state, Instant now) {
    Filter filter = Filter.ALL.sort(Filter.Sort.START_TIME_DESC);
    Filter ofFlow = flow.map(filter::flowNames).orElse(filter);
    return state.map(ofFlow::flowRunStates).orElseGet(() -> ofFlow.expectedUntil(now));
  }

  private void table(ServerRuns runs, List<FlowRun> shown, Instant now) {
    Table table = new Table("RUN", "NAME", "FLOW", "STATE", "STARTED", "TIME");
    for (FlowRun run : shown) {
      Optional<Instant> start = run.startTime();
      table.row(
          List.of(
              Table.Cell.of(run.id().toString().substring(0, 8)),
              Table.Cell.of(Cells.clean(run.name())),
              Table.Cell.of(runs.what(run)),
              new Table.Cell(
                  run.state().map(ServerLines::tone).orElse(Tone.PLAIN),
                  Cells.clean(run.state().map(ServerState::name).orElse(""))),
              Table.Cell.of(start.or(run::expectedStartTime).map(clock::format).orElse("")),
              Table.Cell.of(start.map(s -> span(s, run.endTime().orElse(now))).orElse(""))));
    }
    table.lines(bench.palette(), bench.width()).forEach(bench.out()::println);
  }

  static String span(Instant from, Instant to) {
    Duration span = Duration.between(from, to);
    return Spans.text(span.isNegative() ? Duration.ZERO : span);
  }
}
