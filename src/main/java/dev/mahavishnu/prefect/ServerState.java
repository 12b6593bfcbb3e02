package dev.mahavishnu.prefect;

import dev.mahavishnu.run.StateType;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * A state as a server tells it.
 *
 * @param type as text, since a newer server may know others
 * @param name any: "Late", "AwaitingRetry", "Cached" and what others call theirs
 * @param data where the result is, in the form of who wrote it
 */
public record ServerState(
    Optional<UUID> id,
    String type,
    String name,
    Optional<Instant> timestamp,
    String message,
    JsonNode data,
    Optional<Details> stateDetails) {

  /**
   * @param scheduledTime when a SCHEDULED one is to start
   * @param transitionId by which a change that was sent twice is known
   * @param pauseTimeout until when a PAUSED one may be resumed
   * @param pauseReschedule whether a PAUSED one holds no process
   */
  public record Details(
      Optional<UUID> flowRunId,
      Optional<UUID> taskRunId,
      Optional<UUID> childFlowRunId,
      Optional<Instant> scheduledTime,
      Optional<UUID> transitionId,
      Optional<Instant> pauseTimeout,
      boolean pauseReschedule,
      String pauseKey) {}

  /** The type where we know it. */
  public Optional<StateType> known() {
    return Arrays.stream(StateType.values()).filter(t -> t.name().equals(type)).findFirst();
  }

  /** Whether nothing happens after it by itself; a type that we don't know may go on. */
  public boolean isFinal() {
    return known().filter(StateType::isFinal).isPresent();
  }
}
