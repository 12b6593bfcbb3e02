package dev.mahavishnu.cli;

import dev.mahavishnu.prefect.worker.Told;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.view.Cells;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a worker does, one line each, from any thread. */
final class WorkerLines implements Consumer<Told> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());
  private static final JsonMapper MAPPER = new JsonMapper();

  private final PrintStream out;
  private final OutputFormat format;

  WorkerLines(PrintStream out, OutputFormat format) {
    this.out = out;
    this.format = format;
  }

  Told line(Instant at, String what, String text) {
    return new Told(at, what, Optional.empty(), Optional.empty(), text);
  }

  @Override
  public synchronized void accept(Told told) {
    String text = Cells.clean(told.text());
    if (format == OutputFormat.JSON) {
      ObjectNode json = MAPPER.createObjectNode();
      json.put("type", told.what()).put("at", told.at().toString());
      told.flowRun().map(UUID::toString).ifPresent(id -> json.put("flow_run", id));
      told.run().map(RunId::text).ifPresent(id -> json.put("run", id));
      out.println(json.put("text", text));
    } else {
      out.println(TIME.format(told.at()) + "  " + text);
    }
    out.flush();
  }
}
