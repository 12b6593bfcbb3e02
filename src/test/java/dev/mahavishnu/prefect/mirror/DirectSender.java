package dev.mahavishnu.prefect.mirror;

import dev.mahavishnu.prefect.EventSender;
import dev.mahavishnu.prefect.Filter;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.ServerState;
import dev.mahavishnu.prefect.Transition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Sends reports one by one, as their comments say, and remembers nothing of another sending. */
final class DirectSender {
  private final PrefectClient client;
  private final Map<String, UUID> flowRuns = new HashMap<>();

  DirectSender(PrefectClient client) {
    this.client = client;
  }

  DirectSender send(List<Report> reports) {
    try (EventSender events = client.events().sender()) {
      List<ObjectNode> waiting = new java.util.ArrayList<>();
      for (Report report : reports) {
        if (report instanceof Report.TaskRunMoved moved) {
          waiting.add(moved.event(this::flowRun));
        } else {
          send(report);
        }
      }
      events.send(waiting);
    }
    return this;
  }

  private void send(Report report) {
    switch (report) {
      case Report.FlowRunMade r ->
          flowRuns.put(
              r.flowRun(),
              client
                  .flowRuns()
                  .create(r.draft(client.flows().ensure(r.flow(), List.of(), Map.of()).id()))
                  .id());
      case Report.FlowRunMoved r -> {
        UUID id = flowRun(r.flowRun());
        if (client.flowRuns().states(id).stream().noneMatch(state -> is(state, r.transition()))) {
          Transition answer = client.flowRuns().setState(id, r.change(), r.transition());
          if (!answer.isAccepted()) {
            throw new AssertionError(r + ": " + answer);
          }
        }
      }
      case Report.TaskRunMade r -> client.taskRuns().create(r.draft(this::flowRun));
      case Report.ArtifactMade r -> {
        UUID id = flowRun(r.flowRun());
        if (client.artifacts().filter(Filter.ALL.flowRunIds(id)).noneMatch(r::isSame)) {
          client.artifacts().create(r.draft(id));
        }
      }
      case Report.TaskRunMoved _ -> throw new AssertionError();
    }
  }

  private static boolean is(ServerState state, UUID transition) {
    return state
        .stateDetails()
        .flatMap(ServerState.Details::transitionId)
        .filter(transition::equals)
        .isPresent();
  }

  /** The server's id of a flow run. */
  UUID flowRun(String key) {
    return Objects.requireNonNull(flowRuns.get(key), key);
  }

  Map<String, UUID> flowRuns() {
    return flowRuns;
  }
}
