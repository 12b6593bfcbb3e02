package dev.mahavishnu.prefect;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The flow runs of a server. Each call throws {@link PrefectException} when it comes to nothing.
 */
public final class FlowRuns {
  private final Api api;

  /**
   * A flow run.
   *
   * @param state empty for one without any state yet
   * @param totalRunTime in seconds
   */
  public record FlowRun(
      UUID id,
      UUID flowId,
      String name,
      Optional<ServerState> state,
      Optional<UUID> deploymentId,
      Optional<UUID> parentTaskRunId,
      JsonNode parameters,
      List<String> tags,
      Map<String, JsonNode> labels,
      String idempotencyKey,
      String flowVersion,
      String workPoolName,
      String workQueueName,
      JsonNode jobVariables,
      JsonNode empiricalPolicy,
      String infrastructurePid,
      int runCount,
      double totalRunTime,
      boolean autoScheduled,
      Optional<Instant> created,
      Optional<Instant> expectedStartTime,
      Optional<Instant> nextScheduledStartTime,
      Optional<Instant> startTime,
      Optional<Instant> endTime) {
    public FlowRun {
      tags = List.copyOf(tags);
      labels = Map.copyOf(labels);
    }
  }

  /** A flow run to be made. */
  public static final class Draft {
    private final Fields fields;

    private Draft(Fields fields) {
      this.fields = fields;
    }

    /** With a key of its own, so that the call may be sent twice. */
    public static Draft of(UUID flow) {
      return new Draft(Fields.NONE.with("flow_id", flow)).idempotencyKey(uniqueKey());
    }

    public Draft name(String name) {
      return new Draft(fields.with("name", name));
    }

    public Draft parameters(JsonNode parameters) {
      return new Draft(fields.with("parameters", parameters));
    }

    public Draft tags(List<String> tags) {
      return new Draft(fields.with("tags", tags));
    }

    public Draft labels(Map<String, String> labels) {
      return new Draft(fields.with("labels", labels));
    }

    /** Its first state; PENDING where none is given. */
    public Draft state(StateChange state) {
      return new Draft(fields.with("state", state.json()));
    }

    /** The task run that it is the work of. */
    public Draft parentTaskRun(UUID taskRun) {
      return new Draft(fields.with("parent_task_run_id", taskRun));
    }

    public Draft flowVersion(String version) {
      return new Draft(fields.with("flow_version", version));
    }

    /** With the key of an earlier run of the flow, that run is given instead of a new one. */
    public Draft idempotencyKey(String key) {
      return new Draft(fields.with("idempotency_key", key));
    }
  }

  /** What to change of a flow run; all else stays. */
  public static final class Update {
    public static final Update NOTHING = new Update(Fields.NONE);

    private final Fields fields;

    private Update(Fields fields) {
      this.fields = fields;
    }

    public Update name(String name) {
      return new Update(fields.with("name", name));
    }

    public Update tags(List<String> tags) {
      return new Update(fields.with("tags", tags));
    }

    public Update parameters(JsonNode parameters) {
      return new Update(fields.with("parameters", parameters));
    }

    public Update flowVersion(String version) {
      return new Update(fields.with("flow_version", version));
    }

    /** How its process is found, where it is one. */
    public Update infrastructurePid(String pid) {
      return new Update(fields.with("infrastructure_pid", pid));
    }
  }

  FlowRuns(Api api) {
    this.api = api;
  }

  /** Made, or found by its idempotency key. */
  public FlowRun create(Draft draft) {
    return api.call(ApiCall.safePost("/flow_runs/", draft.fields.json()), FlowRun.class);
  }

  public Optional<FlowRun> find(UUID id) {
    return api.find(ApiCall.get(ApiCall.path("flow_runs", id)), FlowRun.class);
  }

  public Stream<FlowRun> filter(Filter filter) {
    return Pages.of(api, "/flow_runs/filter", filter.json(), FlowRun.class);
  }

  public int count(Filter filter) {
    return api.call(ApiCall.safePost("/flow_runs/count", filter.json())).asInt();
  }

  /** Proposes a state. What was sent twice is known by the server and counts once. */
  public Transition setState(UUID id, StateChange change) {
    return setState(id, change, UUID.randomUUID());
  }

  /**
   * Proposes a state.
   *
   * @param transition by which the server knows this change again as long as no other came after
   *     it; it stands in the details of the state
   */
  public Transition setState(UUID id, StateChange change, UUID transition) {
    ApiCall call =
        ApiCall.safePost(
            ApiCall.path("flow_runs", id, "set_state"),
            Fields.NONE.with("state", change.transition(transition).json()).json());
    return TransitionAnswer.settled(TransitionAnswer.of(api, call), transition);
  }

  /** Sets a state past the server's rules. */
  public Transition forceState(UUID id, StateChange change) {
    return TransitionAnswer.of(
        api,
        ApiCall.post(
            ApiCall.path("flow_runs", id, "set_state"),
            Fields.NONE.with("state", change.json()).with("force", true).json()));
  }

  /** Lets a paused run go on. */
  public Transition resume(UUID id) {
    return TransitionAnswer.of(
        api,
        ApiCall.post(
            ApiCall.path("flow_runs", id, "resume"), JsonNodeFactory.instance.objectNode()));
  }

  /**
   * Every state that it had, oldest first, and last the one that it has now. A server lists them by
   * the times when they were asked for. Of two that were asked for at nearly the same time, it may
   * have taken the later one first: a claim that it accepted then stands before the "Late" that
   * came to the run before it.
   */
  public List<ServerState> states(UUID id) {
    List<ServerState> states = byTime(id);
    Optional<ServerState> now = find(id).flatMap(FlowRun::state);
    if (now.isPresent() && states.stream().noneMatch(s -> s.id().equals(now.get().id()))) {
      states = byTime(id); // It has changed in between.
    }
    return Stream.concat(
            states.stream().filter(s -> now.isEmpty() || !s.id().equals(now.get().id())),
            now.stream())
        .toList();
  }

  private List<ServerState> byTime(UUID id) {
    return api.calls(ApiCall.get("/flow_run_states/?flow_run_id=" + id), ServerState.class);
  }

  public RunGraph graph(UUID id) {
    return RunGraph.of(api.call(ApiCall.get(ApiCall.path("flow_runs", id, "graph-v2"))));
  }

  public void update(UUID id, Update update) {
    api.call(ApiCall.patch(ApiCall.path("flow_runs", id), update.fields.json()));
  }

  /** Adds labels, and replaces those of the same name. */
  public void addLabels(UUID id, Map<String, String> labels) {
    api.call(
        ApiCall.patch(ApiCall.path("flow_runs", id, "labels"), Wire.MAPPER.valueToTree(labels)));
  }

  /** Deletes it with its task runs; false when it wasn't there. */
  public boolean delete(UUID id) {
    return api.delete(ApiCall.path("flow_runs", id));
  }

  static String uniqueKey() {
    return "mahavishnu-" + UUID.randomUUID();
  }
}
