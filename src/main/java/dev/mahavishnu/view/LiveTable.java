package dev.mahavishnu.view;

import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.run.Spans;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Runs that processes execute now, as tables. */
public final class LiveTable {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Palette palette;

  public LiveTable(Palette palette) {
    this.palette = palette;
  }

  /** Who executes them: {@code ps}. */
  public List<String> processes(List<LiveRun> runs, Instant now, int width) {
    Table table =
        new Table(
            "RUN", "FLOW", "STATE", "PID", "HELD BY", "PROCS", "CPU", "MEM", "TIME", "PROGRESS");
    for (LiveRun run : runs) {
      List<Table.Cell> cells = new ArrayList<>(named(run.run()));
      cells.add(Table.Cell.of(run.holder() < 0 ? "?" : String.valueOf(run.holder())));
      cells.add(Table.Cell.of(run.command()));
      cells.add(Table.Cell.of(String.valueOf(run.processes())));
      cells.add(Table.Cell.of(Spans.text(run.cpu())));
      cells.add(Table.Cell.of(bytes(run.memory())));
      cells.add(Table.Cell.of(time(run.run(), now)));
      cells.add(Table.Cell.of(progress(run)));
      table.row(cells);
    }
    return table.lines(palette, width);
  }

  /** What they cost, the dearest first: {@code top}. */
  public List<String> costs(List<LiveRun> runs, Instant now, int width) {
    double load = runs.stream().mapToDouble(r -> r.load().orElse(0)).sum();
    long memory = runs.stream().mapToLong(LiveRun::memory).sum();
    int processes = runs.stream().mapToInt(LiveRun::processes).sum();
    Line head =
        new Line()
            .add(Tone.TITLE, runs.size() + ProgressLines.plural(runs.size(), " run"))
            .add(", " + processes + (processes == 1 ? " process" : " processes") + " of tasks, ")
            .add(Tone.TITLE, percent(load))
            .add(" CPU, ")
            .add(Tone.TITLE, bytes(memory));
    Table table = new Table("RUN", "FLOW", "STATE", "CPU%", "MEM", "PROCS", "TIME", "PROGRESS");
    for (LiveRun run : runs) {
      List<Table.Cell> cells = new ArrayList<>(named(run.run()));
      cells.add(Table.Cell.of(percent(run.load().orElse(0))));
      cells.add(Table.Cell.of(bytes(run.memory())));
      cells.add(Table.Cell.of(String.valueOf(run.processes())));
      cells.add(Table.Cell.of(time(run.run(), now)));
      cells.add(Table.Cell.of(progress(run)));
      table.row(cells);
    }
    List<String> lines = new ArrayList<>();
    lines.add(head.render(palette, width));
    if (!runs.isEmpty()) {
      lines.addAll(table.lines(palette, width));
    }
    return lines;
  }

  private static List<Table.Cell> named(RunSummary run) {
    return List.of(
        Table.Cell.of(run.run().text()),
        Table.Cell.of(run.flow()),
        new Table.Cell(StateSign.tone(run.state()), run.state().name()));
  }

  private static String progress(LiveRun run) {
    String counts = run.run().tasks().done() + "/" + run.run().tasks().total();
    return run.said().isEmpty() ? counts : counts + ", " + run.said();
  }

  private static String time(RunSummary run, Instant now) {
    return run.started().map(start -> Elapsed.between(start, now)).orElse("");
  }

  private static String percent(double load) {
    return String.format(Locale.ROOT, "%.0f%%", 100 * load);
  }

  static String bytes(long bytes) {
    double mib = bytes / (1024.0 * 1024);
    return mib < 1024
        ? String.format(Locale.ROOT, mib < 10 ? "%.1f MiB" : "%.0f MiB", mib)
        : String.format(Locale.ROOT, "%.1f GiB", mib / 1024);
  }

  /** The same as JSON, an object a line: that of {@code run list}, and more. */
  public static String json(LiveRun run, Instant now) {
    ObjectNode json = RunJson.node(run.run(), now);
    json.put("progress", run.said());
    json.put("pid", run.holder());
    json.put("held_by", run.command());
    json.put("processes", run.processes());
    json.put("cpu_seconds", run.cpu().toMillis() / 1000.0);
    json.put("memory_bytes", run.memory());
    run.load().ifPresent(load -> json.put("cpu_percent", Math.round(1000 * load) / 10.0));
    return MAPPER.writeValueAsString(json);
  }
}
