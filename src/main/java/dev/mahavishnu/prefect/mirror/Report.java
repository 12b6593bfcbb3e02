package dev.mahavishnu.prefect.mirror;

import dev.mahavishnu.prefect.Artifacts;
import dev.mahavishnu.prefect.FlowRuns;
import dev.mahavishnu.prefect.StateChange;
import dev.mahavishnu.prefect.TaskRuns;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.StateType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One thing that a server is to be told of a run. Reports are told in order; each names its flow
 * run by a key of our own, since the server chooses the id of that. Sent again, none of them
 * changes anything, where what their comments say is done.
 */
public sealed interface Report {
  /** Key of the flow run that is the run itself. */
  String ROOT = "";

  /**
   * Which flow run it concerns: {@link #ROOT}, or one of a subflow, {@code etl/load[3]@57}. Never
   * used twice within a run.
   */
  String flowRun();

  /**
   * A flow run begins, before anything else is told of it: {@code POST /flows/} and {@code POST
   * /flow_runs/}.
   *
   * @param flow name of its flow
   * @param name of the flow run
   * @param idempotencyKey by which the server finds it again
   * @param parentTaskRun the task run, made by a {@link TaskRunMade} before, that it is the work of
   */
  record FlowRunMade(
      String flowRun,
      String flow,
      String name,
      String idempotencyKey,
      JsonNode parameters,
      List<String> tags,
      Map<String, String> labels,
      Optional<UUID> parentTaskRun)
      implements Report {
    public FlowRunMade {
      tags = List.copyOf(tags);
      labels = Map.copyOf(labels);
    }

    /** For a server that does not take them. */
    FlowRunMade withoutParameters() {
      JsonNode none = JsonNodeFactory.instance.objectNode();
      return new FlowRunMade(
          flowRun, flow, name, idempotencyKey, none, tags, labels, parentTaskRun);
    }

    /**
     * @param flowId the server's, of the flow named {@link #flow}
     */
    public FlowRuns.Draft draft(UUID flowId) {
      FlowRuns.Draft draft =
          FlowRuns.Draft.of(flowId)
              .name(name)
              .idempotencyKey(idempotencyKey)
              .parameters(parameters)
              .tags(tags)
              .labels(labels)
              .state(StateChange.to(StateType.PENDING));
      return parentTaskRun.map(draft::parentTaskRun).orElse(draft);
    }
  }

  /**
   * A flow run came to a state: {@code set_state}, which stamps it with the server's time. The
   * server moves the parent task run along.
   *
   * @param state as the journal has it
   * @param at when
   * @param change the same as the server takes it
   * @param transition stands in the details of the state that the server then has: where that is
   *     among the states of the flow run already, nothing is to be sent
   */
  record FlowRunMoved(String flowRun, State state, Instant at, StateChange change, UUID transition)
      implements Report {}

  /**
   * A task run that will be the parent of a flow run: {@code POST /task_runs/}, not an event, since
   * it must be there when the flow run is made.
   */
  record TaskRunMade(String flowRun, UUID taskRun, TaskRunFields fields) implements Report {
    /**
     * @param flowRuns gives the server's id of a flow run by the key of it; may be asked for any
     *     that was made before
     */
    public TaskRuns.Draft draft(Function<String, UUID> flowRuns) {
      return fields.draft(taskRun, flowRuns.apply(flowRun), flowRuns);
    }
  }

  /**
   * A task run came to a state: an event, which the server knows again by its id.
   *
   * @param event id of the event, and of the state
   * @param at later than that of any report before it
   */
  record TaskRunMoved(String flowRun, UUID taskRun, UUID event, Instant at, TaskRunChange change)
      implements Report {
    /**
     * As it goes over the server's event stream.
     *
     * @param flowRuns gives the server's id of a flow run by the key of it; may be asked for any
     *     that was made before
     */
    public ObjectNode event(Function<String, UUID> flowRuns) {
      return change.event(this, flowRuns);
    }
  }

  /**
   * Something to look at. The server keeps a version for each time it is sent: one that the flow
   * run has already, with the same key and the same data, is not to be sent.
   *
   * @param key lower-case letters, digits and dashes; the same for every run of a flow
   */
  record ArtifactMade(String flowRun, String key, ArtifactContent content) implements Report {
    /**
     * @param flowRunId the server's, of the flow run with the key {@link #flowRun}
     */
    public Artifacts.Draft draft(UUID flowRunId) {
      return content.draft(key).flowRun(flowRunId);
    }

    /** Whether the server's is this one, of the same flow run. */
    public boolean isSame(Artifacts.Artifact stored) {
      return stored.key().equals(key) && content.isSame(stored);
    }
  }
}
