package dev.mahavishnu.prefect.worker;

import dev.mahavishnu.prefect.ConcurrencyLimits;
import dev.mahavishnu.prefect.ConcurrencyLimits.Acquired;
import dev.mahavishnu.prefect.Fault;
import dev.mahavishnu.prefect.PrefectException;
import java.time.Duration;
import java.util.List;

/**
 * A lock that the workers of a pool share: who holds it may take runs from the dead. It is a
 * concurrency limit of the server, and comes free by itself when its holder dies.
 */
final class PoolLock {
  private static final Duration LEASE = Duration.ofMinutes(1);

  private final ConcurrencyLimits limits;
  private final String name;

  PoolLock(ConcurrencyLimits limits, String pool) {
    this.limits = limits;
    this.name = "mahavishnu-takeover-" + pool;
  }

  /** Does something while nobody else does; false: another was at it, and nothing was done. */
  boolean whileHeld(Runnable action) {
    if (limits.find(name).isEmpty()) {
      make();
    }
    return switch (limits.acquire(List.of(name), 1, LEASE)) {
      case Acquired.Held(ConcurrencyLimits.Lease lease) -> {
        try {
          action.run();
        } finally {
          limits.release(lease);
        }
        yield true;
      }
      case Acquired.Busy _ -> false;
    };
  }

  private void make() {
    try {
      limits.create(name, 1);
    } catch (PrefectException e) {
      if (!(e.fault().orElse(null) instanceof Fault.Conflict)) {
        throw e;
      }
    }
  }
}
