package dev.mahavishnu.view;

import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.run.State;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The runs of a session as a table. */
public final class JobTable {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Palette palette;

  public JobTable(Palette palette) {
    this.palette = palette;
  }

  /**
   * A run of a session.
   *
   * @param current whether it is meant where no run is named
   * @param where in a word or two: on the screen, in the background, …
   */
  public record Row(int number, boolean current, RunSummary run, String where) {}

  public List<String> lines(List<Row> rows, Instant now, int width) {
    Table table = new Table("JOB", "RUN", "FLOW", "STATE", "TASKS", "TIME", "WHERE");
    rows.forEach(row -> table.row(cells(row, now)));
    return table.lines(palette, width);
  }

  private static List<Table.Cell> cells(Row row, Instant now) {
    RunSummary run = row.run();
    State state = run.state();
    return List.of(
        Table.Cell.of("[" + row.number() + "]" + (row.current() ? "+" : "")),
        Table.Cell.of(run.run().text()),
        Table.Cell.of(run.flow()),
        new Table.Cell(StateSign.tone(state), state.name()),
        Table.Cell.of(run.tasks().done() + "/" + run.tasks().total()),
        Table.Cell.of(time(run, now)),
        Table.Cell.of(row.where()));
  }

  private static String time(RunSummary run, Instant now) {
    return run.started().map(s -> Elapsed.between(s, run.ended().orElse(now))).orElse("");
  }

  /** The same as JSON, an object a line: that of {@code run list} with {@code job} and more. */
  public static String json(Row row, Instant now) {
    ObjectNode json = MAPPER.createObjectNode().put("job", row.number());
    json.setAll(RunJson.node(row.run(), now));
    return MAPPER.writeValueAsString(json.put("current", row.current()).put("where", row.where()));
  }

  /** One line about a run that goes on no more: {@code [2] ✓ Completed etl 261123-… in 12s}. */
  public String ended(int number, RunSummary run, Instant now) {
    State state = run.state();
    Line line =
        new Line()
            .add("[" + number + "] ")
            .add(StateSign.tone(state), StateSign.of(state, palette, now) + " " + state.name())
            .add(" ")
            .add(Tone.TITLE, run.flow())
            .add(Tone.QUIET, " " + run.run().text());
    String time = time(run, now);
    return (time.isEmpty() ? line : line.add(" in " + time)).render(palette);
  }
}
