package dev.mahavishnu.prefect;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The global concurrency limits of a server. Each call throws {@link PrefectException} when it
 * comes to nothing.
 */
public final class ConcurrencyLimits {
  private final Api api;

  /**
   * @param limit most slots at a time
   * @param active whether it is enforced
   * @param slotDecayPerSecond above 0: slots come free by themselves, which makes it a rate limit
   */
  public record Limit(
      UUID id,
      String name,
      int limit,
      boolean active,
      int activeSlots,
      double slotDecayPerSecond) {}

  /** Slots held until they are released, or not renewed in time. */
  public record Lease(UUID leaseId) {}

  /** Whether slots were to be had. */
  public sealed interface Acquired {
    record Held(Lease lease) implements Acquired {}

    /**
     * All are in use.
     *
     * @param after when the server thinks that it is worth asking again
     */
    record Busy(Optional<Duration> after) implements Acquired {}
  }

  ConcurrencyLimits(Api api) {
    this.api = api;
  }

  public Limit create(String name, int limit) {
    Fields fields = Fields.NONE.with("name", name).with("limit", limit).with("active", true);
    return api.call(ApiCall.post("/v2/concurrency_limits/", fields.json()), Limit.class);
  }

  public Optional<Limit> find(String name) {
    return api.find(ApiCall.get(path(name)), Limit.class);
  }

  public Stream<Limit> list() {
    return Pages.of(
        api, "/v2/concurrency_limits/filter", JsonNodeFactory.instance.objectNode(), Limit.class);
  }

  public void setLimit(String name, int limit) {
    api.call(ApiCall.patch(path(name), Fields.NONE.with("limit", limit).json()));
  }

  /** Whether it is enforced. */
  public void setActive(String name, boolean active) {
    api.call(ApiCall.patch(path(name), Fields.NONE.with("active", active).json()));
  }

  /** False when it wasn't there. */
  public boolean delete(String name) {
    return api.delete(path(name));
  }

  /**
   * Takes slots of every limit named, or none. A name without a limit holds nobody back.
   *
   * @param time from a minute to a day, after which they come free if they aren't renewed
   */
  public Acquired acquire(List<String> names, int slots, Duration time) {
    Fields fields =
        Fields.NONE
            .with("names", names)
            .with("slots", slots)
            .with("mode", "concurrency")
            .with("lease_duration", time);
    try {
      return new Acquired.Held(
          api.call(
              ApiCall.post("/v2/concurrency_limits/increment-with-lease", fields.json()),
              Lease.class));
    } catch (PrefectException e) {
      if (e.fault().orElse(null) instanceof Fault.Locked(_, Optional<Duration> after)) {
        return new Acquired.Busy(after);
      }
      throw e;
    }
  }

  /** A {@link Fault.NotFound} when it ran out. */
  public void renew(Lease lease, Duration time) {
    api.call(
        ApiCall.safePost(
            ApiCall.path("v2", "concurrency_limits", "leases", lease.leaseId(), "renew"),
            Fields.NONE.with("lease_duration", time).json()));
  }

  public void release(Lease lease) {
    api.call(
        ApiCall.safePost(
            "/v2/concurrency_limits/decrement-with-lease",
            Fields.NONE.with("lease_id", lease.leaseId()).json()));
  }

  private static String path(String name) {
    return ApiCall.path("v2", "concurrency_limits", name);
  }
}
