package dev.mahavishnu.run;

import dev.mahavishnu.run.Evidence.Open;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Reads from the store what the state of a run rests on. What is read is redacted once more, since
 * a secret may have become one after it was written. Safe for several threads.
 */
public final class EvidenceReader {
  private static final int MOST_OPEN = 10;
  private static final int MOST_LEFT = 50;
  private static final int MOST_SLOW = 3;

  private final RunHistory history;
  private final UnaryOperator<String> redact;

  /**
   * @param redact takes secrets out of a text
   */
  public EvidenceReader(RunHistory history, UnaryOperator<String> redact) {
    this.history = history;
    this.redact = redact;
  }

  /** What is known of the run; empty when there is none of that id. */
  public Optional<Evidence> read(RunId run) {
    return history.summary(run).flatMap(summary -> history.fold(run).map(f -> of(summary, f)));
  }

  private Evidence of(RunSummary summary, RunFold fold) {
    EvidenceText text = new EvidenceText(redact);
    boolean stopped = summary.state().type().isFinal();
    FailureSearch search = new FailureSearch(fold, stopped && !fold.state().isFinal());
    FailureFacts failures = new FailureFacts(history, fold, text, search.shown());
    List<TaskFold> open = stopped ? List.of() : open(fold);
    LogTails tails = new LogTails(text);
    failures.want(tails);
    open.forEach(task -> tails.want(task.task(), task.attempt()));
    if (tails.isWanted()) {
      tails.read(history, summary.run());
    }
    return new Evidence(
        new RunSummary(
            summary.run(),
            summary.flow(),
            text.state(summary.state()),
            summary.resumable(),
            summary.created(),
            summary.started(),
            summary.ended(),
            summary.tasks()),
        fold.created().folder(),
        text.json(fold.created().spec()),
        text.json(fold.created().parameters()),
        failures.with(tails),
        search.more(),
        left(search.neverRan(stopped), text),
        left(search.skipped(), text),
        open.stream().map(task -> open(task, text, tails)).toList(),
        slowest(fold));
  }

  private static List<Evidence.Left> left(List<Evidence.Left> all, EvidenceText text) {
    return all.stream()
        .limit(MOST_LEFT)
        .map(left -> new Evidence.Left(left.task(), text.line(left.why())))
        .toList();
  }

  private static Open open(TaskFold task, EvidenceText text, LogTails tails) {
    return new Open(
        task.task(),
        text.state(task.state()),
        task.attempt(),
        task.since(),
        tails.of(task.task(), task.attempt()));
  }

  /** Items stand for the mapped task that they are of, tasks of a subflow for the task it is. */
  private static List<TaskFold> open(RunFold fold) {
    List<TaskFold> open = new ArrayList<>();
    for (ScopeFold scope : fold.scopes()) {
      for (TaskFold task : scope.tasks()) {
        Optional<MapFold> map = scope.map(task.task().task());
        if (task.state().isFinal() || fold.scope(task.task().text()).isPresent()) {
          continue;
        }
        map.ifPresentOrElse(m -> open.addAll(m.open().values()), () -> open.add(task));
      }
    }
    open.sort(Comparator.comparing(TaskFold::since));
    return open.size() <= MOST_OPEN ? open : open.subList(0, MOST_OPEN);
  }

  private static List<Evidence.Took> slowest(RunFold fold) {
    return fold.scopes().stream()
        .flatMap(scope -> scope.tasks().stream())
        .filter(task -> task.state().isFinal())
        .flatMap(task -> task.started().stream().map(start -> took(task, start)))
        .sorted(Comparator.comparing(Evidence.Took::time).reversed())
        .limit(MOST_SLOW)
        .toList();
  }

  private static Evidence.Took took(TaskFold task, Instant start) {
    return new Evidence.Took(task.task(), Duration.between(start, task.since()));
  }
}
