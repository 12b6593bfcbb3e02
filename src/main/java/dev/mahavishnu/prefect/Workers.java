package dev.mahavishnu.prefect;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The workers of a work pool. Each call throws {@link PrefectException} when it comes to nothing.
 */
public final class Workers {
  private final Api api;
  private final String pool;

  /**
   * @param status ONLINE, or OFFLINE when its heart has not beaten for a while
   */
  public record Worker(
      UUID id,
      String name,
      UUID workPoolId,
      String status,
      Optional<Instant> lastHeartbeatTime,
      Optional<Integer> heartbeatIntervalSeconds) {}

  Workers(Api api, String pool) {
    this.api = api;
    this.pool = pool;
  }

  /**
   * Says that the worker lives; the first time makes it known, and the pool READY.
   *
   * @param every when the next is to be expected, in whole seconds
   */
  public void heartbeat(String worker, Duration every) {
    Fields fields =
        Fields.NONE.with("name", worker).with("heartbeat_interval_seconds", every.toSeconds());
    api.call(
        ApiCall.safePost(ApiCall.path("work_pools", pool, "workers", "heartbeat"), fields.json()));
  }

  /** All that the server has not forgotten. */
  public Stream<Worker> list() {
    return Pages.of(
        api,
        ApiCall.path("work_pools", pool, "workers", "filter"),
        JsonNodeFactory.instance.objectNode(),
        Worker.class);
  }

  /** Makes the server forget it; false when it didn't know it. */
  public boolean delete(String worker) {
    return api.delete(ApiCall.path("work_pools", pool, "workers", worker));
  }
}
