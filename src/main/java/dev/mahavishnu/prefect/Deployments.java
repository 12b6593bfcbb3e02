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
 * The deployments of a server. Each call throws {@link PrefectException} when it comes to nothing.
 */
public final class Deployments {
  private final Api api;

  /**
   * A flow that a server may run, with how and when.
   *
   * @param status READY where a worker or a server of the flow was seen lately, else NOT_READY
   */
  public record Deployment(
      UUID id,
      UUID flowId,
      String name,
      String version,
      String description,
      boolean paused,
      List<Schedules.Schedule> schedules,
      Optional<Integer> concurrencyLimit,
      JsonNode globalConcurrencyLimit,
      JsonNode jobVariables,
      JsonNode parameters,
      JsonNode parameterOpenapiSchema,
      boolean enforceParameterSchema,
      List<String> tags,
      Map<String, JsonNode> labels,
      String workPoolName,
      String workQueueName,
      String entrypoint,
      String path,
      JsonNode pullSteps,
      String status,
      Optional<Instant> created,
      Optional<Instant> updated,
      Optional<Instant> lastPolled) {
    public Deployment {
      schedules = List.copyOf(schedules);
      tags = List.copyOf(tags);
      labels = Map.copyOf(labels);
    }
  }

  Deployments(Api api) {
    this.api = api;
  }

  /**
   * Makes it, or sets an existing one of the same flow and name to be as this says. On the server
   * this replaces every schedule, so ids change, and removes the runs scheduled for later; {@link
   * #update} leaves both alone.
   */
  public Deployment put(DeploymentDraft draft) {
    return api.call(ApiCall.safePost("/deployments/", draft.json()), Deployment.class);
  }

  public Optional<Deployment> find(UUID id) {
    return api.find(ApiCall.get(ApiCall.path("deployments", id)), Deployment.class);
  }

  public Optional<Deployment> find(String flow, String name) {
    return api.find(ApiCall.get(ApiCall.path("deployments", "name", flow, name)), Deployment.class);
  }

  public Stream<Deployment> filter(Filter filter) {
    return Pages.of(api, "/deployments/filter", filter.json(), Deployment.class);
  }

  public int count(Filter filter) {
    return api.call(ApiCall.safePost("/deployments/count", filter.json())).asInt();
  }

  /** Changes what the draft says, and leaves the rest. */
  public void update(UUID id, DeploymentDraft.Change change) {
    api.call(ApiCall.patch(ApiCall.path("deployments", id), change.json()));
  }

  /** Stops its schedules: the runs that they made and that wait are removed. */
  public void pause(UUID id) {
    api.call(safe(ApiCall.path("deployments", id, "pause_deployment")));
  }

  public void resume(UUID id) {
    api.call(safe(ApiCall.path("deployments", id, "resume_deployment")));
  }

  private static ApiCall safe(String path) {
    return ApiCall.safePost(path, JsonNodeFactory.instance.objectNode());
  }

  /** Deletes it with its schedules; false when it wasn't there. */
  public boolean delete(UUID id) {
    return api.delete(ApiCall.path("deployments", id));
  }

  /**
   * Makes a flow run of it, or finds it by its idempotency key. Parameters that its schema does not
   * allow are a {@link Fault.Conflict} that says which.
   */
  public FlowRuns.FlowRun run(UUID id, RunDraft draft) {
    return api.call(
        ApiCall.safePost(ApiCall.path("deployments", id, "create_flow_run"), draft.fields.json()),
        FlowRuns.FlowRun.class);
  }

  /** A flow run to be made of a deployment. */
  public static final class RunDraft {
    private final Fields fields;

    private RunDraft(Fields fields) {
      this.fields = fields;
    }

    /** As soon as possible, with a key of its own, so that the call may be sent twice. */
    public static RunDraft now() {
      return new RunDraft(Fields.NONE).idempotencyKey(FlowRuns.uniqueKey());
    }

    /** Those not named are the deployment's. */
    public RunDraft parameters(JsonNode parameters) {
      return new RunDraft(fields.with("parameters", parameters));
    }

    public RunDraft name(String name) {
      return new RunDraft(fields.with("name", name));
    }

    /** Besides the deployment's. */
    public RunDraft tags(List<String> tags) {
      return new RunDraft(fields.with("tags", tags));
    }

    public RunDraft labels(Map<String, String> labels) {
      return new RunDraft(fields.with("labels", labels));
    }

    /** Not before that time. */
    public RunDraft at(Instant time) {
      return new RunDraft(fields.with("state", StateChange.scheduled(time).json()));
    }

    public RunDraft parentTaskRun(UUID taskRun) {
      return new RunDraft(fields.with("parent_task_run_id", taskRun));
    }

    public RunDraft jobVariables(JsonNode variables) {
      return new RunDraft(fields.with("job_variables", variables));
    }

    public RunDraft workQueue(String queue) {
      return new RunDraft(fields.with("work_queue_name", queue));
    }

    /** With the key of an earlier run of the flow, that run is given instead of a new one. */
    public RunDraft idempotencyKey(String key) {
      return new RunDraft(fields.with("idempotency_key", key));
    }
  }
}
