package dev.mahavishnu.run;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Which state type may follow which: the one table, for flow runs and task runs. Its diagram in
 * {@code docs/states.md} is drawn from it. A run that COMPLETED or was CANCELLED stays so; FAILED
 * and CRASHED ones can be taken up again.
 */
public final class Transitions {
  private static final Map<StateType, Set<StateType>> FLOW = new EnumMap<>(StateType.class);
  private static final Map<StateType, Set<StateType>> TASK = new EnumMap<>(StateType.class);

  static {
    flow(StateType.PENDING, StateType.RUNNING, StateType.CANCELLING);
    flow(
        StateType.RUNNING,
        StateType.RUNNING,
        StateType.COMPLETED,
        StateType.FAILED,
        StateType.PAUSED,
        StateType.CANCELLING,
        StateType.CRASHED);
    flow(StateType.PAUSED, StateType.RUNNING, StateType.CANCELLING);
    flow(StateType.CANCELLING, StateType.CANCELLED, StateType.CRASHED, StateType.RUNNING);
    flow(StateType.FAILED, StateType.RUNNING);
    flow(StateType.CRASHED, StateType.RUNNING, StateType.CANCELLING);

    task(
        StateType.SCHEDULED,
        StateType.PENDING,
        StateType.RUNNING,
        StateType.PAUSED,
        StateType.FAILED,
        StateType.CANCELLED);
    task(
        StateType.PENDING,
        StateType.PENDING,
        StateType.RUNNING,
        StateType.SCHEDULED,
        StateType.COMPLETED,
        StateType.FAILED,
        StateType.CANCELLED,
        StateType.CRASHED);
    task(
        StateType.RUNNING,
        StateType.RUNNING,
        StateType.PENDING,
        StateType.COMPLETED,
        StateType.FAILED,
        StateType.SCHEDULED,
        StateType.PAUSED,
        StateType.CANCELLED,
        StateType.CRASHED);
    task(
        StateType.PAUSED,
        StateType.COMPLETED,
        StateType.FAILED,
        StateType.PENDING,
        StateType.RUNNING,
        StateType.CANCELLED);
    task(StateType.FAILED, StateType.RUNNING);
    task(StateType.CANCELLED, StateType.RUNNING);
    task(StateType.CRASHED, StateType.RUNNING);
  }

  private Transitions() {}

  private static void flow(StateType from, StateType first, StateType... more) {
    FLOW.put(from, EnumSet.of(first, more));
  }

  private static void task(StateType from, StateType first, StateType... more) {
    TASK.put(from, EnumSet.of(first, more));
  }

  /** What a flow run may move to; every one begins PENDING. */
  public static Set<StateType> ofFlow(StateType from) {
    return FLOW.getOrDefault(from, Set.of());
  }

  /**
   * What a task run may move to. Its first state may be any but CANCELLING; a {@link
   * RunEvent.Reset} puts it back before its first one.
   */
  public static Set<StateType> ofTask(StateType from) {
    return TASK.getOrDefault(from, Set.of());
  }

  /** The table as a Mermaid state diagram. */
  public static String diagram(boolean flow) {
    StringBuilder text = new StringBuilder("stateDiagram-v2\n");
    for (StateType from : StateType.values()) {
      for (StateType to : flow ? ofFlow(from) : ofTask(from)) {
        text.append("    ").append(from).append(" --> ").append(to).append('\n');
      }
    }
    return text.toString();
  }
}
