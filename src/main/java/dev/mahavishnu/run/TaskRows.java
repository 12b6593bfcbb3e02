package dev.mahavishnu.run;

import dev.mahavishnu.run.RunQuery.Order;
import dev.mahavishnu.run.RunReport.TaskRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts the tasks of runs; each run has to be read for that. */
final class TaskRows {
  /** More would keep a person waiting. */
  private static final int MOST_RUNS = 500;

  private record Name(String flow, String task) {}

  private static final class Count {
    private final List<Duration> times = new ArrayList<>();
    private Instant last = Instant.MIN;
    private int runs;
    private int failed;
  }

  private final RunHistory history;
  private final Optional<String> flow;
  private final Map<Name, Count> counts = new LinkedHashMap<>();
  private int looked;

  TaskRows(RunHistory history, Optional<String> flow) {
    this.history = history;
    this.flow = flow;
  }

  /** Runs that were read. */
  int looked() {
    return looked;
  }

  List<TaskRow> of(List<RunSummary> runs, Order order) {
    for (RunSummary run : runs.subList(0, Math.min(MOST_RUNS, runs.size()))) {
      history.fold(run.run()).ifPresent(this::add);
    }
    Comparator<TaskRow> first =
        switch (order) {
          case NEWEST -> Comparator.comparing(TaskRow::last).reversed();
          case OLDEST -> Comparator.comparing(TaskRow::last);
          case SLOWEST, SLOWER_THAN_USUAL -> RunReports.longest(TaskRow::median);
          case MOST_FAILED -> Comparator.comparingInt(TaskRow::failed).reversed();
        };
    return counts.entrySet().stream()
        .map(e -> row(e.getKey(), e.getValue()))
        .sorted(first)
        .toList();
  }

  private void add(RunFold run) {
    looked++;
    for (ScopeFold scope : run.scopes()) {
      for (TaskFold task : scope.tasks()) {
        add(run.created().flow(), task, scope.map(task.task().task()));
      }
    }
  }

  private void add(String ofFlow, TaskFold task, Optional<MapFold> map) {
    // All items of a mapped subflow count as one task of it.
    String name = task.task().text().replaceAll("\\[\\d+]", "");
    Count count = counts.computeIfAbsent(new Name(flow.orElse(ofFlow), name), _ -> new Count());
    count.runs++;
    count.failed +=
        map.map(FailureSearch::failed).orElse(FailureSearch.isBad(task.state()) ? 1 : 0);
    if (task.since().isAfter(count.last)) {
      count.last = task.since();
    }
    if (task.state().isFinal()) {
      task.started().ifPresent(s -> count.times.add(Duration.between(s, task.since())));
    }
  }

  private static TaskRow row(Name name, Count count) {
    return new TaskRow(
        name.flow(),
        name.task(),
        count.runs,
        count.failed,
        Spans.median(count.times),
        count.times.stream().max(Comparator.naturalOrder()),
        count.last);
  }
}
