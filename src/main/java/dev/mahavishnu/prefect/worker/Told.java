package dev.mahavishnu.prefect.worker;

import dev.mahavishnu.run.RunId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Something that a worker did or saw.
 *
 * @param what in a word, for programs: {@code claimed}, {@code ended}
 * @param text in a line, for people
 */
public record Told(
    Instant at, String what, Optional<UUID> flowRun, Optional<RunId> run, String text) {}
