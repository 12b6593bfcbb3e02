package dev.mahavishnu.prefect;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The queues of a work pool. Each call throws {@link PrefectException} when it comes to nothing.
 */
public final class WorkQueues {
  private final Api api;
  private final String pool;

  /**
   * @param priority 1 is served first
   * @param status READY, NOT_READY or PAUSED
   */
  public record WorkQueue(
      UUID id,
      String name,
      String description,
      boolean isPaused,
      Optional<Integer> concurrencyLimit,
      int priority,
      String workPoolName,
      String status,
      Optional<Instant> lastPolled) {}

  /** What to set of a queue; what isn't set stays as it is. */
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

    public Change concurrencyLimit(int most) {
      return new Change(fields.with("concurrency_limit", most));
    }

    /** From 1, which is served first; the others move up to make room. */
    public Change priority(int priority) {
      return new Change(fields.with("priority", priority));
    }
  }

  WorkQueues(Api api, String pool) {
    this.api = api;
    this.pool = pool;
  }

  /** Makes one; a {@link Fault.Conflict} when there is one of that name. */
  public WorkQueue create(String name, Change change) {
    return api.call(
        ApiCall.post(
            ApiCall.path("work_pools", pool, "queues"), change.fields.with("name", name).json()),
        WorkQueue.class);
  }

  public Optional<WorkQueue> find(String name) {
    return api.find(ApiCall.get(path(name)), WorkQueue.class);
  }

  /** All of the pool. */
  public Stream<WorkQueue> list() {
    return Pages.of(
        api,
        ApiCall.path("work_pools", pool, "queues", "filter"),
        JsonNodeFactory.instance.objectNode(),
        WorkQueue.class);
  }

  public void update(String name, Change change) {
    api.call(ApiCall.patch(path(name), change.fields.json()));
  }

  public void pause(String name) {
    update(name, Change.NOTHING.paused(true));
  }

  public void resume(String name) {
    update(name, Change.NOTHING.paused(false));
  }

  /** False when it wasn't there. */
  public boolean delete(String name) {
    return api.delete(path(name));
  }

  private String path(String name) {
    return ApiCall.path("work_pools", pool, "queues", name);
  }
}
