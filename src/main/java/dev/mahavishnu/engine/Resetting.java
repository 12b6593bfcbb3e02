package dev.mahavishnu.engine;

import dev.mahavishnu.run.MapFold;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunEvent.TaskMoved;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.ScopeFold;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.TaskFold;
import dev.mahavishnu.run.TaskKey;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What must be put back so that a run that failed can go on: what ended badly, what was skipped
 * because of that, and the failure handlers. What is completed stays.
 */
final class Resetting {
  private final List<TaskKey> reset = new ArrayList<>();
  private final List<RunEvent> reopened = new ArrayList<>();

  private Resetting() {}

  /** The events that put it back; none for a run that did not fail. */
  static List<RunEvent> events(RunFold fold, Map<String, FlowPlan> plans) {
    if (!fold.state().isFinal()) {
      return List.of();
    }
    Resetting resetting = new Resetting();
    for (ScopeFold scope : fold.scopes()) {
      FlowPlan plan = plans.get(scope.scope());
      if (plan != null) {
        resetting.scope(fold, scope, plan);
      }
    }
    List<RunEvent> events = new ArrayList<>();
    if (!resetting.reset.isEmpty()) {
      events.add(new RunEvent.Reset(resetting.reset));
    }
    events.addAll(resetting.reopened);
    return events;
  }

  private void scope(RunFold fold, ScopeFold scope, FlowPlan plan) {
    Set<String> again = new HashSet<>();
    Set<String> handlers = new HashSet<>();
    plan.flow().onFailure().forEach(t -> handlers.add(t.id()));
    for (String id : plan.graph().order()) {
      Optional<TaskFold> told = scope.task(id);
      boolean handler = handlers.contains(id);
      if (told.isEmpty()) {
        continue;
      }
      State state = told.get().state();
      boolean upstreamAgain = plan.graph().upstream(id).stream().anyMatch(again::contains);
      if (handler || (upstreamAgain && isSkipped(state))) {
        reset.add(told.get().task());
        again.add(id);
      } else if (isBad(state)) {
        again.add(id);
        putBack(fold, scope, told.get());
      }
    }
  }

  private void putBack(RunFold fold, ScopeFold scope, TaskFold task) {
    TaskKey key = task.task();
    Optional<MapFold> map = scope.map(key.task());
    if (map.isPresent()) {
      items(fold, key, map.get());
      reopened.add(TaskMoved.to(key, 0, new State.Running(true)));
    } else if (fold.scope(key.text()).isPresent()) {
      reopened.add(TaskMoved.to(key, Math.max(1, task.attempt()), new State.Running(true)));
    } else {
      reset.add(key);
    }
  }

  private void items(RunFold fold, TaskKey task, MapFold map) {
    for (MapFold.End end : MapFold.End.values()) {
      BitSet bits = MapBoard.isBad(end) ? map.bits(end) : new BitSet();
      for (int i = bits.nextSetBit(0); i >= 0; i = bits.nextSetBit(i + 1)) {
        TaskKey item = task.item(i);
        if (fold.scope(item.text()).isPresent()) {
          reopened.add(TaskMoved.to(item, 1, new State.Running(true)));
        } else {
          reset.add(item);
        }
      }
    }
  }

  private static boolean isBad(State state) {
    return MapFold.End.of(state).filter(MapBoard::isBad).isPresent();
  }

  private static boolean isSkipped(State state) {
    return state instanceof State.Completed c && c.how() == State.Completed.How.SKIPPED;
  }
}
