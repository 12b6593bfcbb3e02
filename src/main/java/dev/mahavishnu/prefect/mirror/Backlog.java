package dev.mahavishnu.prefect.mirror;

import dev.mahavishnu.run.RunId;
import java.util.Optional;

/**
 * What a server is still to be told of a run.
 *
 * @param events of the journal; 0: all were sent, but not all that belongs to them, or not all was
 *     found on the server yet
 * @param why it could not be told, where it is not that the server is away or slow
 */
public record Backlog(RunId run, long events, Optional<String> why) {
  public Backlog(RunId run, long events) {
    this(run, events, Optional.empty());
  }

  Backlog(RunId run, long events, String why) {
    this(run, events, Optional.of(why));
  }
}
