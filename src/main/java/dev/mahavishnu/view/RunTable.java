package dev.mahavishnu.view;

import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.TaskCounts;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Runs as a table. */
public final class RunTable {
  private final Palette palette;
  private final DateTimeFormatter clock;

  /**
   * @param zone of the times shown
   */
  public RunTable(Palette palette, ZoneId zone) {
    this.palette = palette;
    this.clock = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(zone);
  }

  public List<String> lines(List<RunSummary> runs, Instant now, int width) {
    Table table = new Table("RUN", "FLOW", "STATE", "STARTED", "TIME", "TASKS");
    runs.forEach(run -> table.row(row(run, now)));
    return table.lines(palette, width);
  }

  private List<Table.Cell> row(RunSummary run, Instant now) {
    State state = run.state();
    String name = run.resumable() ? state.name() + " (resumable)" : state.name();
    String time = run.started().map(s -> Elapsed.between(s, run.ended().orElse(now))).orElse("");
    return List.of(
        Table.Cell.of(run.run().text()),
        Table.Cell.of(run.flow()),
        new Table.Cell(StateSign.tone(state), name),
        Table.Cell.of(run.started().map(clock::format).orElse("")),
        Table.Cell.of(time),
        Table.Cell.of(tasks(run.tasks())));
  }

  private static String tasks(TaskCounts counts) {
    String text = counts.done() + "/" + counts.total();
    int failed = counts.failed() + counts.crashed();
    return failed > 0 ? text + ", " + failed + " failed" : text;
  }
}
