package dev.mahavishnu.store;

import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.run.TaskCounts;
import tools.jackson.databind.JsonNode;

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

  static RunSummary read(JsonNode json) {
    JsonNode tasks = Fields.node(json, "tasks");
    if (tasks.size() != 10) {
      throw new StoreException("a summary is of another version");
    }
    return new RunSummary(
        new RunId(Fields.text(json, "run")),
        Fields.text(json, "flow"),
        EventCodec.state(json),
        Fields.node(json, "resumable").booleanValue(),
        Micros.instant(Fields.number(json, "created")),
        Fields.instant(json, "started"),
        Fields.instant(json, "ended"),
        new TaskCounts(
            tasks.get(0).intValue(),
            tasks.get(1).intValue(),
            tasks.get(2).intValue(),
            tasks.get(3).intValue(),
            tasks.get(4).intValue(),
            tasks.get(5).intValue(),
            tasks.get(6).intValue(),
            tasks.get(7).intValue(),
            tasks.get(8).intValue(),
            tasks.get(9).intValue()));
  }
}
