package dev.mahavishnu.store;

import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.run.TaskCounts;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Summaries of runs in the catalog. */
final class SummaryCodec {
  private SummaryCodec() {}

  static void write(JsonOut out, RunSummary run) {
    out.open().field("run", run.run().text()).field("flow", run.flow());
    StateCodec.write(out, run.state());
    out.name("resumable").bool(run.resumable()).field("created", Micros.of(run.created()));
    run.started().ifPresent(at -> out.field("started", Micros.of(at)));
    run.ended().ifPresent(at -> out.field("ended", Micros.of(at)));
    TaskCounts tasks = run.tasks();
    out.name("tasks")
        .openList()
        .number(tasks.total())
        .number(tasks.completed())
        .number(tasks.cached())
        .number(tasks.skipped())
        .number(tasks.failed())
        .number(tasks.upstreamFailed())
        .number(tasks.cancelled())
        .number(tasks.crashed())
        .number(tasks.running())
        .number(tasks.waiting())
        .closeList()
        .close();
  }

  /** Reads the object that the parser stands at the start of. */
  static RunSummary read(JsonParser parser) {
    String run = "";
    String flow = "";
    String word = "";
    String message = "";
    String until = "";
    boolean resumable = false;
    Instant created = Instant.EPOCH;
    Optional<Instant> started = Optional.empty();
    Optional<Instant> ended = Optional.empty();
    TaskCounts tasks = TaskCounts.NONE;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "run" -> run = parser.getString();
        case "flow" -> flow = parser.getString();
        case "s" -> word = parser.getString();
        case "m" -> message = parser.getString();
        case "u" -> until = parser.getString();
        case "resumable" -> resumable = parser.getBooleanValue();
        case "created" -> created = Micros.instant(parser.getLongValue());
        case "started" -> started = Optional.of(Micros.instant(parser.getLongValue()));
        case "ended" -> ended = Optional.of(Micros.instant(parser.getLongValue()));
        case "tasks" -> tasks = counts(parser);
        default -> throw new StoreException("unknown field `" + name + "` of a summary");
      }
    }
    return new RunSummary(
        new RunId(run),
        flow,
        StateCodec.read(word, message, until),
        resumable,
        created,
        started,
        ended,
        tasks);
  }

  private static TaskCounts counts(JsonParser parser) {
    int[] n = new int[10];
    for (int i = 0; i < n.length; i++) {
      parser.nextToken();
      n[i] = parser.getIntValue();
    }
    if (parser.nextToken() != JsonToken.END_ARRAY) {
      throw new StoreException("a summary has more counts than are known");
    }
    return new TaskCounts(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9]);
  }
}
