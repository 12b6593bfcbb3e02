package dev.mahavishnu.prefect.mirror;

import dev.mahavishnu.run.State;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A task run's move from one state to another, and what it has come to by that.
 *
 * @param from what it was; absent: nothing yet
 * @param runCount how often it was RUNNING
 * @param flowRunRunCount how often its flow run was
 * @param expected when it first had a state
 * @param ended absent while it has not ended, also when it had and was taken up again
 * @param runTime in microseconds, all attempts together
 * @param cacheKey by which its result is found again
 */
record TaskRunChange(
    TaskRunFields fields,
    Optional<Phase> from,
    State to,
    int runCount,
    int flowRunRunCount,
    Instant expected,
    Optional<Instant> started,
    Optional<Instant> ended,
    long runTime,
    Optional<String> cacheKey) {
  /** Prefect's own limit. */
  private static final int MOST_MESSAGE = 100_000;

  /** A server ends the stream at an event with more than 100 related resources. */
  private static final int MOST_TAGS = 99;

  ObjectNode event(Report.TaskRunMoved moved, Function<String, UUID> flowRuns) {
    String message = message(to.message());
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("occurred", moved.at().toString());
    event.put("event", "prefect.task-run." + to.name());
    event.put("id", moved.event().toString());
    event
        .putObject("resource")
        .put("prefect.resource.id", "prefect.task-run." + moved.taskRun())
        .put("prefect.resource.name", fields.name())
        .put("prefect.run-count", Integer.toString(runCount))
        .put("prefect.state-message", message)
        .put("prefect.state-name", to.name())
        .put("prefect.state-timestamp", moved.at().toString())
        .put("prefect.state-type", to.type().name())
        // Without it the server takes the event for an account of what it did itself.
        .put("prefect.orchestration", "client");
    var related = event.putArray("related");
    related
        .addObject()
        .put("prefect.resource.id", "prefect.flow-run." + flowRuns.apply(moved.flowRun()))
        .put("prefect.resource.role", "flow-run");
    for (String tag : fields.tags().stream().limit(MOST_TAGS).toList()) {
      related
          .addObject()
          .put("prefect.resource.id", "prefect.tag." + tag)
          .put("prefect.resource.role", "tag");
    }
    ObjectNode payload = event.putObject("payload");
    ObjectNode intended = payload.putObject("intended");
    intended.put("from", from.map(p -> p.type().name()).orElse(null));
    intended.put("to", to.type().name());
    from.ifPresentOrElse(
        p ->
            payload
                .putObject("initial_state")
                .put("type", p.type().name())
                .put("name", p.text())
                .put("message", "")
                .putObject("state_details"),
        () -> payload.putNull("initial_state"));
    ObjectNode state = payload.putObject("validated_state");
    state.put("type", to.type().name()).put("name", to.name()).put("message", message);
    state.set("state_details", details());
    state.putNull("data");
    payload.set("task_run", taskRun(flowRuns));
    return event;
  }

  private ObjectNode details() {
    ObjectNode details = JsonNodeFactory.instance.objectNode();
    until().ifPresent(t -> details.put("scheduled_time", t.toString()));
    cacheKey.ifPresent(k -> details.put("cache_key", k));
    return details;
  }

  private ObjectNode taskRun(Function<String, UUID> flowRuns) {
    ObjectNode run = fields.json(flowRuns);
    run.put("run_count", runCount);
    run.put("flow_run_run_count", flowRunRunCount);
    run.put("expected_start_time", expected.toString());
    run.put("next_scheduled_start_time", until().map(Instant::toString).orElse(null));
    // A null counts: what had ended and is taken up again has not ended.
    run.put("start_time", started.map(Instant::toString).orElse(null));
    run.put("end_time", ended.map(Instant::toString).orElse(null));
    run.put("total_run_time", runTime / 1e6);
    cacheKey.ifPresent(k -> run.put("cache_key", k));
    return run;
  }

  private Optional<Instant> until() {
    return to instanceof State.Scheduled s ? s.until() : Optional.empty();
  }

  /** No database takes a NUL. */
  static String message(String text) {
    String clean = text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
    return clean.length() <= MOST_MESSAGE ? clean : clean.substring(0, MOST_MESSAGE - 3) + "...";
  }
}
