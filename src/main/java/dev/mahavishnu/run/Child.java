package dev.mahavishnu.run;

/**
 * A process that an attempt started, as journaled before it was let go.
 *
 * @param pid also the id of its process group and session
 * @param started start time of the process as the system tells it, milliseconds since 1970; guards
 *     against a pid that was used again
 * @param mark value of {@code MAHAVISHNU_ATTEMPT} in the environment of it and its descendants
 */
public record Child(long pid, long started, String mark) {}
