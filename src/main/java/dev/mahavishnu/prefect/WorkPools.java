package dev.mahavishnu.prefect;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The work pools of a server. Each call throws {@link PrefectException} when it comes to nothing.
 */
public final class WorkPools {
  private final Api api;

  /**
   * A pool of work that workers take from.
   *
   * @param status READY, NOT_READY (no worker was seen lately) or PAUSED
   */
  public record WorkPool(
      UUID id,
      String name,
      String type,
      String description,
      boolean isPaused,
      Optional<Integer> concurrencyLimit,
      String status,
      JsonNode baseJobTemplate,
      Optional<UUID> defaultQueueId,
      Optional<Integer> activeSlots,
      Optional<Instant> created) {}

  /** A flow run for a worker, from which queue. */
  public record Work(UUID workPoolId, UUID workQueueId, FlowRuns.FlowRun flowRun) {}

  /** What to set of a pool; what isn't set stays as it is. */
  public static final class Change {
    public static final Change NOTHING = new Change(Fields.NONE);

    private final Fields fields;

    private Change(Fields fields) {
      this.fields = fields;
    }

    public Change description(String description) {
      return new Change(fields.with("description", description));
    }

    public Change paused(boolean paused) {
      return new Change(fields.with("is_paused", paused));
    }

    /** Most flow runs at a time. */
    public Change concurrencyLimit(int most) {
      return new Change(fields.with("concurrency_limit", most));
    }

    public Change noConcurrencyLimit() {
      return new Change(fields.without("concurrency_limit"));
    }

    /** {@code job_configuration} and the JSON Schema {@code variables} that fills it. */
    public Change baseJobTemplate(JsonNode template) {
      return new Change(fields.with("base_job_template", template));
    }
  }

  WorkPools(Api api) {
    this.api = api;
  }

  /**
   * Makes one; a {@link Fault.Conflict} when there is one of that name.
   *
   * @param type any name; workers of the same type serve it
   */
  public WorkPool create(String name, String type, Change change) {
    Fields fields = change.fields.with("name", name).with("type", type);
    return api.call(ApiCall.post("/work_pools/", fields.json()), WorkPool.class);
  }

  public Optional<WorkPool> find(String name) {
    return api.find(ApiCall.get(ApiCall.path("work_pools", name)), WorkPool.class);
  }

  public Stream<WorkPool> filter(Filter filter) {
    return Pages.of(api, "/work_pools/filter", filter.json(), WorkPool.class);
  }

  public int count(Filter filter) {
    return api.call(ApiCall.safePost("/work_pools/count", filter.json())).asInt();
  }

  public void update(String name, Change change) {
    api.call(ApiCall.patch(ApiCall.path("work_pools", name), change.fields.json()));
  }

  /** Workers get nothing of it any more. */
  public void pause(String name) {
    update(name, Change.NOTHING.paused(true));
  }

  public void resume(String name) {
    update(name, Change.NOTHING.paused(false));
  }

  /** False when it wasn't there. */
  public boolean delete(String name) {
    return api.delete(ApiCall.path("work_pools", name));
  }

  /**
   * The flow runs that are due, for a worker to claim; the same are given again until one does.
   *
   * @param queues only of these; of all when empty
   */
  public List<Work> due(String pool, Instant before, int limit, List<String> queues) {
    Fields fields = Fields.NONE.with("scheduled_before", before).with("limit", limit);
    Fields chosen = queues.isEmpty() ? fields : fields.with("work_queue_names", queues);
    return api.calls(
        ApiCall.safePost(
            ApiCall.path("work_pools", pool, "get_scheduled_flow_runs"), chosen.json()),
        Work.class);
  }
}
