package dev.mahavishnu.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How long runs of a flow and their tasks usually take: the median of earlier runs that completed.
 */
public final class UsualTimes {
  /** Where nothing is known. */
  public static final UsualTimes NONE = new UsualTimes(Optional.empty(), Map.of());

  private static final int MOST_RUNS = 20;

  /** Runs whose tasks are looked at, which means to read their journals. */
  private static final int MOST_READ = 5;

  /** A run of more tasks than these is not read for the times of its tasks. */
  private static final int MOST_TASKS = 2_000;

  private final Optional<Duration> run;
  private final Map<TaskKey, Duration> tasks;

  private UsualTimes(Optional<Duration> run, Map<TaskKey, Duration> tasks) {
    this.run = run;
    this.tasks = Map.copyOf(tasks);
  }

  /** Those of earlier runs of the same flow; reads the newest of them. */
  public static UsualTimes of(RunHistory history, String flow) {
    List<RunSummary> completed;
    try (var all = history.list()) {
      completed =
          all.filter(r -> r.flow().equals(flow) && r.state() instanceof State.Completed)
              .limit(MOST_RUNS)
              .toList();
    }
    List<Duration> times = completed.stream().flatMap(r -> took(r).stream()).toList();
    Map<TaskKey, List<Duration>> tasks = new HashMap<>();
    completed.stream()
        .filter(r -> r.tasks().total() <= MOST_TASKS)
        .limit(MOST_READ)
        .flatMap(r -> history.fold(r.run()).stream())
        .forEach(fold -> add(fold, tasks));
    Map<TaskKey, Duration> usual = new HashMap<>();
    tasks.forEach((task, all) -> Spans.median(all).ifPresent(m -> usual.put(task, m)));
    return new UsualTimes(Spans.median(times), usual);
  }

  private static void add(RunFold fold, Map<TaskKey, List<Duration>> tasks) {
    for (ScopeFold scope : fold.scopes()) {
      for (TaskFold task : scope.tasks()) {
        // What was taken over from another run or from the cache took no time.
        if (task.state().equals(State.Completed.DONE)) {
          task.started()
              .map(start -> Duration.between(start, task.since()))
              .ifPresent(
                  time -> tasks.computeIfAbsent(task.task(), _ -> new ArrayList<>()).add(time));
        }
      }
    }
  }

  private static Optional<Duration> took(RunSummary run) {
    return run.started().flatMap(s -> run.ended().map(e -> Duration.between(s, e)));
  }

  /** Of a whole run. */
  public Optional<Duration> run() {
    return run;
  }

  /** Of a task, from its first start to its end; none for an item of a mapped task. */
  public Optional<Duration> task(TaskKey task) {
    return Optional.ofNullable(tasks.get(task));
  }
}
