package dev.mahavishnu.prefect;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The task runs of a server. Many states of many task runs go faster as events. Each call throws
 * {@link PrefectException} when it comes to nothing.
 */
public final class TaskRuns {
  private final Api api;

  /**
   * A task run.
   *
   * @param taskKey which task, and with {@code dynamicKey} which run of it in the flow run
   * @param taskInputs by parameter, what the value came from
   * @param totalRunTime in seconds
   */
  public record TaskRun(
      UUID id,
      Optional<UUID> flowRunId,
      String name,
      String taskKey,
      String dynamicKey,
      Optional<ServerState> state,
      JsonNode taskInputs,
      List<String> tags,
      Map<String, JsonNode> labels,
      String cacheKey,
      int runCount,
      double totalRunTime,
      JsonNode empiricalPolicy,
      Optional<Instant> expectedStartTime,
      Optional<Instant> startTime,
      Optional<Instant> endTime) {
    public TaskRun {
      tags = List.copyOf(tags);
      labels = Map.copyOf(labels);
    }
  }

  /** A task run to be made; of a flow run, a task key and a dynamic key there is only one. */
  public static final class Draft {
    private final Fields fields;

    private Draft(Fields fields) {
      this.fields = fields;
    }

    public static Draft of(UUID flowRun, String taskKey, String dynamicKey) {
      return new Draft(
          Fields.NONE
              .with("flow_run_id", flowRun)
              .with("task_key", taskKey)
              .with("dynamic_key", dynamicKey)
              .with("name", taskKey + "-" + dynamicKey));
    }

    /** Its id, else the server chooses one. */
    public Draft id(UUID id) {
      return new Draft(fields.with("id", id));
    }

    public Draft name(String name) {
      return new Draft(fields.with("name", name));
    }

    public Draft tags(List<String> tags) {
      return new Draft(fields.with("tags", tags));
    }

    public Draft labels(Map<String, String> labels) {
      return new Draft(fields.with("labels", labels));
    }

    public Draft state(StateChange state) {
      return new Draft(fields.with("state", state.json()));
    }

    /** The task runs that a parameter's value comes from: edges in the server's graph. */
    public Draft input(String parameter, List<UUID> taskRuns) {
      ArrayNode inputs = JsonNodeFactory.instance.arrayNode();
      for (UUID id : taskRuns) {
        inputs.addObject().put("input_type", "task_run").put("id", id.toString());
      }
      return new Draft(fields.within(inputs, "task_inputs", parameter));
    }

    /**
     * All that it waited for, as the server has it: by parameter, a list of {@code {input_type,
     * id}}.
     */
    public Draft inputs(JsonNode inputs) {
      return new Draft(fields.with("task_inputs", inputs));
    }

    /** How often it may be tried again, and after how many seconds. */
    public Draft retries(int most, List<Integer> delays) {
      return new Draft(
          fields
              .within(most, "empirical_policy", "retries")
              .within(delays, "empirical_policy", "retry_delay"));
    }
  }

  TaskRuns(Api api) {
    this.api = api;
  }

  /** Made, or found by flow run and keys. */
  public TaskRun create(Draft draft) {
    return api.call(ApiCall.safePost("/task_runs/", draft.fields.json()), TaskRun.class);
  }

  public Optional<TaskRun> find(UUID id) {
    return api.find(ApiCall.get(ApiCall.path("task_runs", id)), TaskRun.class);
  }

  public Stream<TaskRun> filter(Filter filter) {
    return Pages.of(api, "/task_runs/filter", filter.json(), TaskRun.class);
  }

  public int count(Filter filter) {
    return api.call(ApiCall.safePost("/task_runs/count", filter.json())).asInt();
  }

  /** Proposes a state. */
  public Transition setState(UUID id, StateChange change) {
    return setState(id, change, false);
  }

  /** Sets a state past the server's rules. */
  public Transition forceState(UUID id, StateChange change) {
    return setState(id, change, true);
  }

  private Transition setState(UUID id, StateChange change, boolean force) {
    return TransitionAnswer.of(
        api,
        // Unlike for flow runs, the server would count what was sent twice.
        ApiCall.post(
            ApiCall.path("task_runs", id, "set_state"),
            Fields.NONE.with("state", change.json()).with("force", force).json()));
  }

  /** Every state that it had, oldest first. */
  public List<ServerState> states(UUID id) {
    return api.calls(ApiCall.get("/task_run_states/?task_run_id=" + id), ServerState.class);
  }

  public void rename(UUID id, String name) {
    api.call(ApiCall.patch(ApiCall.path("task_runs", id), Fields.NONE.with("name", name).json()));
  }

  /** False when it wasn't there. */
  public boolean delete(UUID id) {
    return api.delete(ApiCall.path("task_runs", id));
  }
}
