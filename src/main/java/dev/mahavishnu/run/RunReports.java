package dev.mahavishnu.run;

import dev.mahavishnu.run.RunQuery.Order;
import dev.mahavishnu.run.RunReport.FlowRow;
import dev.mahavishnu.run.RunReport.Row;
import dev.mahavishnu.run.RunReport.RunRow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Answers questions about runs from their summaries alone, but for what asks for tasks. */
public final class RunReports {
  private final RunHistory history;
  private final Clock clock;

  public RunReports(RunHistory history, Clock clock) {
    this.history = history;
    this.clock = clock;
  }

  public RunReport answer(RunQuery query) {
    List<RunSummary> all = history.list().toList();
    List<RunSummary> chosen =
        all.stream()
            .filter(query::matches)
            .sorted(Comparator.comparing(RunSummary::created).reversed())
            .toList();
    TaskRows tasks = new TaskRows(history, query.flow());
    List<? extends Row> rows =
        switch (query.by()) {
          case RUN -> runs(chosen, usual(all), query.order());
          case FLOW -> flows(chosen, query.order());
          case TASK -> tasks.of(chosen, query.order());
        };
    return new RunReport(
        query,
        totals(chosen),
        List.copyOf(rows.subList(0, Math.min(query.limit(), rows.size()))),
        Math.max(0, rows.size() - query.limit()),
        tasks.looked());
  }

  private List<RunRow> runs(List<RunSummary> chosen, Map<String, Duration> usual, Order order) {
    Comparator<RunRow> first =
        switch (order) {
          case NEWEST -> Comparator.comparing((RunRow row) -> row.run().created()).reversed();
          case OLDEST -> Comparator.comparing((RunRow row) -> row.run().created());
          case SLOWEST -> longest(RunRow::took);
          case SLOWER_THAN_USUAL ->
              Comparator.comparingDouble((RunRow row) -> row.times().orElse(0.0)).reversed();
          case MOST_FAILED ->
              Comparator.comparingInt((RunRow row) -> failed(row.run().tasks())).reversed();
        };
    Instant now = clock.instant();
    return chosen.stream()
        .map(run -> new RunRow(run, took(run, now), Optional.ofNullable(usual.get(run.flow()))))
        .sorted(first)
        .toList();
  }

  private static int failed(TaskCounts counts) {
    return counts.failed() + counts.crashed();
  }

  /** Of a run that nobody goes on with, the end is not known, nor how long it took. */
  private static Optional<Duration> took(RunSummary run, Instant now) {
    Optional<Instant> end =
        run.state().type() == StateType.RUNNING ? Optional.of(now) : run.ended();
    return run.started().flatMap(start -> end.map(e -> Duration.between(start, e)));
  }

  private static Optional<Duration> took(RunSummary run) {
    return run.started().flatMap(s -> run.ended().map(e -> Duration.between(s, e)));
  }

  private static Map<String, Duration> usual(List<RunSummary> all) {
    Map<String, Duration> usual = new HashMap<>();
    all.stream()
        .filter(run -> run.state().type() == StateType.COMPLETED)
        .collect(Collectors.groupingBy(RunSummary::flow))
        .forEach((flow, runs) -> Spans.median(tooks(runs)).ifPresent(m -> usual.put(flow, m)));
    return usual;
  }

  private static List<Duration> tooks(List<RunSummary> runs) {
    return runs.stream().flatMap(run -> took(run).stream()).toList();
  }

  private static List<FlowRow> flows(List<RunSummary> chosen, Order order) {
    Comparator<FlowRow> first =
        switch (order) {
          case NEWEST -> Comparator.comparing(FlowRow::last).reversed();
          case OLDEST -> Comparator.comparing(FlowRow::last);
          case SLOWEST, SLOWER_THAN_USUAL -> longest(FlowRow::median);
          case MOST_FAILED ->
              Comparator.comparingInt((FlowRow r) -> r.totals().failed() + r.totals().crashed())
                  .reversed();
        };
    return chosen.stream()
        .collect(Collectors.groupingBy(RunSummary::flow, LinkedHashMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(flow -> flow(flow.getKey(), flow.getValue()))
        .sorted(first)
        .toList();
  }

  private static FlowRow flow(String name, List<RunSummary> runs) {
    List<Duration> took = tooks(runs);
    return new FlowRow(
        name,
        totals(runs),
        Spans.median(took),
        took.stream().max(Comparator.naturalOrder()),
        runs.getFirst().created());
  }

  static <T> Comparator<T> longest(Function<T, Optional<Duration>> time) {
    return Comparator.comparing((T row) -> time.apply(row).orElse(Duration.ZERO)).reversed();
  }

  private static RunReport.Totals totals(List<RunSummary> runs) {
    Map<StateType, Integer> counts = new HashMap<>();
    runs.forEach(run -> counts.merge(run.state().type(), 1, Integer::sum));
    int completed = counts.getOrDefault(StateType.COMPLETED, 0);
    int failed = counts.getOrDefault(StateType.FAILED, 0);
    int crashed = counts.getOrDefault(StateType.CRASHED, 0);
    int cancelled = counts.getOrDefault(StateType.CANCELLED, 0);
    int open = runs.size() - completed - failed - crashed - cancelled;
    return new RunReport.Totals(runs.size(), completed, failed, crashed, cancelled, open);
  }
}
