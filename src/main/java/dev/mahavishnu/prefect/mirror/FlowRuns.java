package dev.mahavishnu.prefect.mirror;

import dev.mahavishnu.prefect.StateChange;
import dev.mahavishnu.prefect.deploy.Evidence;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.State;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How the flow runs of a run are told. */
final class FlowRuns {
  /**
   * A server takes no more, in bytes of JSON that is all ASCII: 512 KiB, with room for how it
   * writes numbers.
   */
  private static final int MOST_PARAMETERS = 400_000;

  private static final int MOST_PARAMETER = 10_000;

  private final Identities ids;
  private final RunEvent.Created created;
  private final Map<String, String> labels = new LinkedHashMap<>();

  /** Whether a worker runs it: then the server's resume hands it to a worker again. */
  private final boolean ofDeployment;

  FlowRuns(Identities ids, RunEvent.Created created, Optional<String> contentHash) {
    this.ids = ids;
    this.created = created;
    this.ofDeployment = created.requester().startsWith("prefect:");
    labels.put("mahavishnu.run", created.run().text());
    contentHash.ifPresent(hash -> labels.put(Evidence.LABEL, hash));
  }

  Report.FlowRunMade made(Telling telling) {
    String run = created.run().text();
    return new Report.FlowRunMade(
        telling.flowRun,
        telling.flow,
        telling.scope.isEmpty() ? run : run + "/" + telling.scope,
        ids.key(telling.flowRun),
        fitting(telling.parameters),
        List.of("mahavishnu"),
        telling.scope.isEmpty() ? labels : Map.of("mahavishnu.run", run),
        telling.parent);
  }

  /** All of them, or those that are small, with a word in place of the others. */
  private static JsonNode fitting(JsonNode parameters) {
    if (bytes(parameters.toString()) <= MOST_PARAMETERS) {
      return parameters;
    }
    ObjectNode fitting = JsonNodeFactory.instance.objectNode();
    long all = 0;
    for (Map.Entry<String, JsonNode> parameter : parameters.properties()) {
      String text = parameter.getValue().toString();
      long own = bytes(text);
      if (own <= MOST_PARAMETER && all + own <= MOST_PARAMETERS) {
        all += own;
        fitting.set(parameter.getKey(), parameter.getValue());
      } else {
        fitting.put(
            parameter.getKey(), "(" + text.length() + " characters, too long to be shown here)");
      }
    }
    return fitting;
  }

  /** What is not ASCII is escaped by the server when it counts: six bytes for each character. */
  private static long bytes(String json) {
    return json.length() + 5 * json.chars().filter(c -> c > 0x7f).count();
  }

  /**
   * @param tellings say until when a person is waited for
   */
  StateChange change(State state, long seq, Tellings tellings) {
    StateChange change =
        state instanceof State.Paused
            ? paused(created.run() + "-" + seq, tellings.waitedFor())
            : StateChange.to(state.type());
    StateChange named = change.named(state.name());
    return state.message().isEmpty()
        ? named
        : named.message(TaskRunChange.message(state.message()));
  }

  private StateChange paused(String key, Optional<Instant> until) {
    return until
        .map(time -> StateChange.paused(time, key, ofDeployment))
        .orElseGet(() -> StateChange.paused(key, ofDeployment));
  }
}
