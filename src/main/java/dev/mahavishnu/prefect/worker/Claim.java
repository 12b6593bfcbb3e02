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
 */
record Claim(UUID flowRun, UUID token, String worker, Instant at, Optional<RunId> run, Hold hold) {
  /** What the worker has said about it last. */
  enum Hold {
    /** It is at it. */
    OPEN,
    /** It has come to rest, and waits for somebody who lets it go on. */
    WAITING,
    /** It is at an end with it. */
    CLOSED,
    /** It was given to another, or taken: nothing more may be told to the server for its run. */
    GIVEN;

    /** Whether a worker may have to do something about it. */
    boolean isOfConcern() {
      return this == OPEN || this == WAITING;
    }
  }

  Claim with(RunId id) {
    return new Claim(flowRun, token, worker, at, Optional.of(id), hold);
  }

  Claim with(Hold now) {
    return new Claim(flowRun, token, worker, at, run, now);
  }
}
