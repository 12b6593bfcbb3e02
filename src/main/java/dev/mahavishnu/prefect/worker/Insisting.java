package dev.mahavishnu.prefect.worker;

import dev.mahavishnu.prefect.Fault;
import dev.mahavishnu.prefect.PrefectException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a server that is away again until it answers: what is claimed is never left as it is. */
final class Insisting {
  private static final Logger LOG = LoggerFactory.getLogger(Insisting.class);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  /** So often more where the worker is to stop. */
  private static final int LAST = 5;

  private Insisting() {}

  /**
   * Calls until there is an answer.
   *
   * @return empty when there will be none: the worker is to stop, or the server does not take this
   */
  static <T> Optional<T> on(Active active, Supplier<T> call) throws InterruptedException {
    for (int late = 0; late <= LAST; late += active.stop().isPresent() ? 1 : 0) {
      try {
        return Optional.of(call.get());
      } catch (PrefectException e) {
        LOG.info("flow run {}: {}", active.flowRun(), e.getMessage());
        if (!isOutage(e)) {
          return Optional.empty();
        }
      }
      pause();
    }
    return Optional.empty();
  }

  /** A moment. */
  static void pause() throws InterruptedException {
    Thread.sleep(PAUSE);
  }

  /** Whether the server may do what was asked of it when it is back, or lets us in again. */
  static boolean isOutage(PrefectException e) {
    return e.fault()
        .filter(
            fault ->
                switch (fault) {
                  case Fault.Unreachable _,
                      Fault.Unauthorized _,
                      Fault.Locked _,
                      Fault.RateLimited _,
                      Fault.ServerError _ ->
                      true;
                  case Fault.NotFound _, Fault.Conflict _, Fault.Invalid _, Fault.Malformed _ ->
                      false;
                })
        .isPresent();
  }
}
