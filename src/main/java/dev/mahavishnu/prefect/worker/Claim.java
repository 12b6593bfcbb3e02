package dev.mahavishnu.prefect.worker;

import dev.mahavishnu.run.RunId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * That a flow run of the server is a worker's.
 *
 * @param token the transition id of the PENDING state that made it so; whose is the newest of a
 *     flow run, theirs it is
 * @param worker the worker's name
 * @param at when it was made, by this machine's clock
 * @param run the run of this workspace that is executed for it, once there is one
 * @param open whether the worker still executes it, as far as it has said
 */
record Claim(
    UUID flowRun, UUID token, String worker, Instant at, Optional<RunId> run, boolean open) {
  Claim with(RunId id) {
    return new Claim(flowRun, token, worker, at, Optional.of(id), open);
  }

  Claim closed() {
    return new Claim(flowRun, token, worker, at, run, false);
  }
}
