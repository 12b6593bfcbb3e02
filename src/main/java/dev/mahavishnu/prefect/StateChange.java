package dev.mahavishnu.prefect;

import dev.mahavishnu.run.StateType;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A state that is proposed to a server. */
public final class StateChange {
  private final Fields fields;

  private StateChange(Fields fields) {
    this.fields = fields;
  }

  /** The type, with Prefect's usual name of it. */
  public static StateChange to(StateType type) {
    String name = type.name().charAt(0) + type.name().substring(1).toLowerCase(Locale.ROOT);
    return new StateChange(Fields.NONE.with("type", type).with("name", name));
  }

  /** A run that waits for its time. */
  public static StateChange scheduled(Instant time) {
    return to(StateType.SCHEDULED).detail("scheduled_time", time);
  }

  /**
   * A run that waits for a person.
   *
   * @param until after it, it can't be resumed
   * @param key tells one pause of a run from another
   * @param reschedule whether no process is held meanwhile ("Suspended")
   */
  public static StateChange paused(Instant until, String key, boolean reschedule) {
    StateChange paused =
        to(StateType.PAUSED)
            .detail("pause_timeout", until)
            .detail("pause_key", key)
            .detail("pause_reschedule", reschedule);
    return reschedule ? paused.named("Suspended") : paused;
  }

  /** A run that waits for a person, for as long as it takes. */
  public static StateChange paused(String key, boolean reschedule) {
    return to(StateType.PAUSED).detail("pause_key", key).detail("pause_reschedule", reschedule);
  }

  public StateChange named(String name) {
    return new StateChange(fields.with("name", name));
  }

  public StateChange message(String message) {
    return new StateChange(fields.with("message", message));
  }

  public StateChange data(JsonNode data) {
    return new StateChange(fields.with("data", data));
  }

  /** The flow run that the task run of this state stands for. */
  public StateChange childFlowRun(UUID flowRun) {
    return detail("child_flow_run_id", flowRun);
  }

  /** By which the server, and who reads the states, knows this very change again. */
  public StateChange transition(UUID id) {
    return detail("transition_id", id);
  }

  private StateChange detail(String name, Object value) {
    return new StateChange(fields.within(value, "state_details", name));
  }

  ObjectNode json() {
    return fields.json();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StateChange change && json().equals(change.json());
  }

  @Override
  public int hashCode() {
    return json().hashCode();
  }

  @Override
  public String toString() {
    return fields.toString();
  }
}
