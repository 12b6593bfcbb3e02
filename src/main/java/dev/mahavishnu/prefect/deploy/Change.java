package dev.mahavishnu.prefect.deploy;

import dev.mahavishnu.prefect.DeploymentDraft;
import dev.mahavishnu.prefect.ServerSchedule;
import java.util.Optional;
import java.util.UUID;

/** One thing to change on a server. */
public sealed interface Change {
  /** A work pool that is not there. */
  record PoolMade(String pool, String type) implements Change {}

  /**
   * The flow itself with its files.
   *
   * @param before what the deployment holds now; empty where it holds none that can be read
   */
  record Content(Optional<Bundle> before, Bundle after) implements Change {}

  /**
   * A field of the deployment.
   *
   * @param before for people; empty: not set
   * @param after for people; empty: no longer set
   * @param setting how to change it
   */
  record Field(String name, Optional<String> before, Optional<String> after, Setting setting)
      implements Change {}

  /** A schedule that is not there. */
  record ScheduleAdded(String slug, ServerSchedule when, boolean active) implements Change {}

  /** A schedule that is there and stays the same one. */
  record ScheduleChanged(
      UUID id,
      String slug,
      ServerSchedule before,
      boolean wasActive,
      ServerSchedule after,
      boolean active)
      implements Change {}

  /** A schedule that goes. */
  record ScheduleRemoved(UUID id, String slug, ServerSchedule before) implements Change {}

  /** A trigger that the server does not know. */
  record TriggerAdded(ServerTrigger trigger) implements Change {}

  /** A trigger that the server has otherwise. */
  record TriggerChanged(UUID id, ServerTrigger trigger) implements Change {}

  /** A trigger that goes. */
  record TriggerRemoved(UUID id, String name) implements Change {}

  /** Puts a field into what is sent. */
  interface Setting {
    DeploymentDraft.Change on(DeploymentDraft.Change change);
  }
}
