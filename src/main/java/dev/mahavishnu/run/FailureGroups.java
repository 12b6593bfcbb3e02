package dev.mahavishnu.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What went wrong of late, by its cause. */
public final class FailureGroups {
  /** Runs that are looked into, the newest ones: each means to read a journal. */
  public static final int MOST_RUNS = 500;

  private static final int MOST_NAMED = 5;

  /** What differs from one time to the next and is no part of a cause. */
  private static final Pattern VARYING =
      Pattern.compile(
          "\\d{6}-\\d{6}-[a-z2-7]{4}"
              + "|\\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b"
              + "|\\b0x[0-9a-f]+\\b|\\b(?=[a-f]*\\d)[0-9a-f]{8,}\\b"
              + "|\\d{1,2}:\\d{2}:\\d{2}(?:[.,]\\d+)?|\\d{4,}|\\d+(?:\\.\\d+)?(?=m?s\\b)");

  private final RunHistory history;
  private final Map<Key, Found> groups = new LinkedHashMap<>();

  private record Key(String flow, String task, String cause) {}

  private static final class Found {
    private final String cause;
    private final List<RunId> runs = new ArrayList<>();
    private int count;
    private Instant first = Instant.MAX;
    private Instant last = Instant.MIN;

    Found(String cause) {
      this.cause = cause;
    }
  }

  private FailureGroups(RunHistory history) {
    this.history = history;
  }

  /**
   * Those of runs that failed or crashed since then, the most frequent first.
   *
   * @param flow only its runs
   */
  public static List<FailureGroup> since(RunHistory history, Instant from, Optional<String> flow) {
    FailureGroups groups = new FailureGroups(history);
    try (var all = history.list()) {
      all.filter(run -> flow.filter(name -> !name.equals(run.flow())).isEmpty())
          .filter(run -> FailureSearch.isBad(run.state()))
          .filter(run -> !when(run).isBefore(from))
          .limit(MOST_RUNS)
          .forEach(groups::add);
    }
    return groups.groups.entrySet().stream()
        .map(e -> group(e.getKey(), e.getValue()))
        .sorted(
            Comparator.comparingInt(FailureGroup::count)
                .thenComparing(FailureGroup::last)
                .reversed())
        .toList();
  }

  /** When it ended; of one that crashed only the beginning is sure. */
  private static Instant when(RunSummary run) {
    return run.ended().or(run::started).orElse(run.created());
  }

  private void add(RunSummary run) {
    Set<Key> seen = new HashSet<>();
    Optional<RunFold> fold = history.fold(run.run());
    List<FailureSearch.Hit> hits =
        fold.map(f -> new FailureSearch(f, !f.state().isFinal()).shown()).orElse(List.of());
    Moves moves =
        Moves.of(
            history,
            run.run(),
            hits.stream()
                .filter(hit -> hit.state().isEmpty())
                .map(FailureSearch.Hit::task)
                .collect(Collectors.toSet()));
    for (FailureSearch.Hit hit : hits) {
      State state =
          hit.state()
              .or(() -> moves.last(hit.task()).map(m -> m.event().state()))
              .orElse(run.state());
      add(seen, run, hit.task().whole().text(), state);
    }
    if (hits.isEmpty()) {
      add(seen, run, "", run.state());
    }
  }

  private void add(Set<Key> seen, RunSummary run, String task, State state) {
    String cause = state.message().isEmpty() ? state.name() : state.message();
    Key key = new Key(run.flow(), task, VARYING.matcher(cause).replaceAll("…"));
    if (!seen.add(key)) {
      return;
    }
    // The newest run comes first, and says it.
    Found found = groups.computeIfAbsent(key, _ -> new Found(cause));
    found.count++;
    Instant at = when(run);
    found.first = at.isBefore(found.first) ? at : found.first;
    found.last = at.isAfter(found.last) ? at : found.last;
    if (found.runs.size() < MOST_NAMED) {
      found.runs.add(run.run());
    }
  }

  private static FailureGroup group(Key key, Found found) {
    return new FailureGroup(
        key.flow(), key.task(), found.cause, found.count, found.first, found.last, found.runs);
  }
}
