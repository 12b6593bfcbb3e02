package dev.mahavishnu.run;

import java.time.Instant;
import java.util.Optional;

/**
 * One line about a run.
 *
 * @param state as it is now: CRASHED when its process is gone, whatever the journal's last word
 * @param resumable whether {@code run resume} would go on with it
 */
public record RunSummary(
    RunId run,
    String flow,
    State state,
    boolean resumable,
    Instant created,
    Optional<Instant> started,
    Optional<Instant> ended,
    TaskCounts tasks) {}
