package dev.mahavishnu.view;

import dev.mahavishnu.run.Evidence;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Why a run is in its state: the facts, as one JSON object. */
public final class EvidenceJson {
  private EvidenceJson() {}

  /**
   * What a list has of the run, and what its state rests on.
   *
   * @param now until when a run that has not ended counts its seconds
   */
  public static ObjectNode of(Evidence evidence, Instant now) {
    ObjectNode json = RunJson.node(evidence.summary(), now);
    json.set("status", EventJson.state(evidence.summary().state()));
    json.put("resumable", evidence.summary().resumable());
    json.set("parameters", evidence.parameters());
    ArrayNode failures = json.putArray("failures");
    evidence.failures().forEach(failure -> failures.add(of(failure)));
    json.put("more_failures", evidence.moreFailures());
    left(json.putArray("not_run"), evidence.neverRan());
    left(json.putArray("skipped"), evidence.skipped());
    ArrayNode open = json.putArray("open");
    evidence.open().forEach(task -> open.add(of(task)));
    ArrayNode slowest = json.putArray("slowest");
    evidence
        .slowest()
        .forEach(
            took ->
                slowest
                    .addObject()
                    .put("task", took.task().text())
                    .put("seconds", took.time().toMillis() / 1000.0));
    return json;
  }

  private static ObjectNode of(Evidence.Failure failure) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("task", failure.task().text());
    json.set("state", EventJson.state(failure.state()));
    json.put("attempt", failure.attempt()).put("attempts", failure.attempts());
    json.put("at", failure.at().toString());
    failure
        .items()
        .ifPresent(
            items ->
                json.putObject("items")
                    .put("failed", items.failed())
                    .put("total", items.total())
                    .put("item", items.item()));
    failure.exit().ifPresent(exit -> json.put("exit", exit));
    failure.earlier().forEach(json.putArray("earlier")::add);
    ObjectNode definition = json.putObject("definition");
    failure.definition().forEach(field -> definition.put(field.name(), field.text()));
    json.set("log", log(failure.log()));
    return json;
  }

  private static ObjectNode of(Evidence.Open open) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("task", open.task().text());
    json.set("state", EventJson.state(open.state()));
    json.put("attempt", open.attempt()).put("since", open.since().toString());
    json.set("log", log(open.log()));
    return json;
  }

  private static ArrayNode log(List<Evidence.Numbered> lines) {
    ArrayNode log = JsonNodeFactory.instance.arrayNode();
    lines.forEach(
        line ->
            log.addObject()
                .put("line", line.line())
                .put("stream", line.stream())
                .put("text", line.text()));
    return log;
  }

  private static void left(ArrayNode json, List<Evidence.Left> left) {
    left.forEach(task -> json.addObject().put("task", task.task().text()).put("why", task.why()));
  }
}
