package dev.mahavishnu.store;

import dev.mahavishnu.run.RunId;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * An output kept for reuse.
 *
 * @param run where it was computed
 * @param task text of the key of the task run that computed it
 * @param secret whether it holds a secret: it is encrypted on disk
 * @param expires from when on it is not used
 */
public record CacheEntry(
    RunId run, String task, JsonNode output, boolean secret, Optional<Instant> expires) {

  /** An entry without a secret. */
  public CacheEntry(RunId run, String task, JsonNode output, Optional<Instant> expires) {
    this(run, task, output, false, expires);
  }
}
