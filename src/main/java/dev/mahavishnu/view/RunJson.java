package dev.mahavishnu.view;

import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.TaskCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Runs as JSON, one object a line. */
public final class RunJson {
  private static final JsonMapper MAPPER = new JsonMapper();

  private RunJson() {}

  /**
   * The last line of a run that was followed.
   *
   * @param state as it is now
   * @param end when the last thing happened
   */
  public static String result(RunFold run, State state, Instant end, JsonNode outputs) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("type", "result");
    json.put("run", run.run().text());
    json.put("flow", run.created().flow());
    json.put("state", state.type().name());
    json.set("tasks", counts(run.counts()));
    json.set("outputs", outputs);
    json.put("seconds", seconds(run.started(), end));
    return MAPPER.writeValueAsString(json);
  }

  /**
   * A run of a list: run, flow, state, started, seconds, tasks.
   *
   * @param now until when a run that has not ended counts its seconds
   */
  public static String summary(RunSummary run, Instant now) {
    return MAPPER.writeValueAsString(node(run, now));
  }

  static ObjectNode node(RunSummary run, Instant now) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("run", run.run().text());
    json.put("flow", run.flow());
    json.put("state", run.state().type().name());
    run.started()
        .ifPresentOrElse(at -> json.put("started", at.toString()), () -> json.putNull("started"));
    json.put("seconds", seconds(run.started(), run.ended().orElse(now)));
    json.set("tasks", counts(run.tasks()));
    return json;
  }

  static ObjectNode counts(TaskCounts counts) {
    return MAPPER
        .createObjectNode()
        .put("total", counts.total())
        .put("completed", counts.completed())
        .put("cached", counts.cached())
        .put("skipped", counts.skipped())
        .put("failed", counts.failed())
        .put("upstream_failed", counts.upstreamFailed())
        .put("cancelled", counts.cancelled())
        .put("crashed", counts.crashed())
        .put("running", counts.running())
        .put("waiting", counts.waiting());
  }

  /** Exact to the millisecond; none before a start, never negative. */
  private static double seconds(Optional<Instant> start, Instant end) {
    long millis = start.map(s -> Duration.between(s, end).toMillis()).orElse(0L);
    return Math.max(0, millis) / 1000.0;
  }
}
