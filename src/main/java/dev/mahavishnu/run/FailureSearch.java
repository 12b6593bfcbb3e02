package dev.mahavishnu.run;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds in a run what went wrong and what did not run, by its fold alone. */
final class FailureSearch {
  /** More would hide the first ones, of which the others mostly are consequences. */
  private static final int MOST = 5;

  /**
   * A task run that went wrong.
   *
   * @param attempt -1 where only the record at {@code position} tells
   * @param position of the record that brought its state; {@link Long#MAX_VALUE} when there is
   *     none: its process went away
   */
  record Hit(TaskKey task, Optional<State> state, int attempt, long position) {
    Hit attempted(int number) {
      return new Hit(task, state, number, position);
    }
  }

  private final RunFold fold;
  private final boolean gone;
  private final List<Hit> hits = new ArrayList<>();
  private int more;

  /**
   * @param gone the process of the run went away and could not record it
   */
  FailureSearch(RunFold fold, boolean gone) {
    this.fold = fold;
    this.gone = gone;
    fold.scopes().forEach(this::search);
    hits.sort(Comparator.comparingLong(Hit::position));
  }

  private void search(ScopeFold scope) {
    for (TaskFold task : scope.tasks()) {
      Optional<MapFold> map = scope.map(task.task().task());
      if (map.isPresent() && (failed(map.get()) > 0 || (gone && running(map.get())))) {
        search(task.task(), map.get());
      } else if (isBad(task.state()) && !insideFailed(task.task())) {
        hits.add(new Hit(task.task(), Optional.of(task.state()), task.attempt(), task.position()));
      } else if (gone && task.state() instanceof State.Running && !isNested(task.task())) {
        hits.add(crashed(task));
      }
    }
  }

  private void search(TaskKey task, MapFold map) {
    BitSet bad = map.bits(MapFold.End.FAILED);
    bad.or(map.bits(MapFold.End.CRASHED));
    Optional<Integer> first =
        bad.stream().boxed().min(Comparator.comparingLong(index -> map.position(index)));
    if (first.isPresent()) {
      more += bad.cardinality() - 1;
      int index = first.get();
      if (!insideFailed(task.item(index))) {
        hits.add(new Hit(task.item(index), Optional.empty(), -1, map.position(index)));
      }
    } else {
      map.open().values().stream()
          .filter(item -> item.state() instanceof State.Running)
          .forEach(item -> hits.add(crashed(item)));
    }
  }

  private static Hit crashed(TaskFold task) {
    State state = new State.Crashed("was running when its process went away");
    return new Hit(task.task(), Optional.of(state), task.attempt(), Long.MAX_VALUE);
  }

  static int failed(MapFold map) {
    return map.count(MapFold.End.FAILED) + map.count(MapFold.End.CRASHED);
  }

  private static boolean running(MapFold map) {
    return map.open().values().stream().anyMatch(item -> item.state() instanceof State.Running);
  }

  /** What went wrong itself, not because of others. */
  static boolean isBad(State state) {
    return state instanceof State.Crashed
        || (state instanceof State.Failed f && f.how() != State.Failed.How.UPSTREAM);
  }

  private boolean isNested(TaskKey task) {
    return fold.scope(task.text()).isPresent();
  }

  /** Whether the task is a subflow in which something failed: that tells more. */
  private boolean insideFailed(TaskKey task) {
    return fold.scope(task.text()).stream()
        .anyMatch(
            scope ->
                scope.tasks().stream().anyMatch(inner -> isBad(inner.state()))
                    || scope.maps().values().stream().anyMatch(map -> failed(map) > 0));
  }

  /** The first by time. */
  List<Hit> shown() {
    return hits.size() <= MOST ? List.copyOf(hits) : List.copyOf(hits.subList(0, MOST));
  }

  int more() {
    return more + Math.max(0, hits.size() - MOST);
  }

  /**
   * @param ended whether what has no event will have none: the run is over
   */
  List<Evidence.Left> neverRan(boolean ended) {
    List<Evidence.Left> left = new ArrayList<>();
    for (ScopeFold scope : fold.scopes()) {
      for (String id : new SpecFields(scope.spec()).ids()) {
        TaskKey key = TaskKey.of(scope.scope(), id);
        Optional<State> state = scope.task(id).map(TaskFold::state);
        if (state.isEmpty() && ended && !fold.state().type().equals(StateType.COMPLETED)) {
          left.add(new Evidence.Left(key, ""));
        }
        state
            .filter(s -> s instanceof State.Failed f && f.how() == State.Failed.How.UPSTREAM)
            .ifPresent(s -> left.add(new Evidence.Left(key, s.message())));
      }
    }
    return left;
  }

  List<Evidence.Left> skipped() {
    return fold.scopes().stream()
        .flatMap(scope -> scope.tasks().stream())
        .filter(
            t -> t.state() instanceof State.Completed c && c.how() == State.Completed.How.SKIPPED)
        .map(task -> new Evidence.Left(task.task(), task.state().message()))
        .toList();
  }
}
