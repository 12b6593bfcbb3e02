package dev.mahavishnu.prefect.mirror;

import dev.mahavishnu.run.RunId;

/**
 * What a server is still to be told of a run.
 *
 * @param events of the journal; 0: all were sent, but not all was found on the server yet
 */
public record Backlog(RunId run, long events) {}
