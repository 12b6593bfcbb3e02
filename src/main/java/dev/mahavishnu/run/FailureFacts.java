package dev.mahavishnu.run;

import dev.mahavishnu.run.Evidence.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** All that is stored of the task runs that went wrong. */
final class FailureFacts {
  private static final Pattern EXITED = Pattern.compile("^exited with (\\d{1,3})\\b");
  private static final Pattern SIGNALLED = Pattern.compile("^ended by signal (\\d{1,2})\\b");
  private static final int MOST_EARLIER = 5;

  private final RunHistory history;
  private final RunFold fold;
  private final EvidenceText text;
  private final List<FailureSearch.Hit> hits;
  private final Moves moves;

  FailureFacts(RunHistory history, RunFold fold, EvidenceText text, List<FailureSearch.Hit> found) {
    this.history = history;
    this.fold = fold;
    this.text = text;
    this.moves =
        Moves.of(
            history,
            fold.run(),
            found.stream().map(FailureSearch.Hit::task).collect(Collectors.toSet()));
    this.hits = found.stream().map(this::attempted).toList();
  }

  /** An item that ended is but a bit in the fold: its record tells the rest. */
  private FailureSearch.Hit attempted(FailureSearch.Hit hit) {
    int attempt =
        moves.all(hit.task()).stream().mapToInt(m -> m.event().attempt()).reduce(0, Math::max);
    return hit.attempt() >= 0 ? hit : hit.attempted(attempt);
  }

  void want(LogTails tails) {
    hits.forEach(hit -> tails.want(hit.task(), hit.attempt()));
  }

  List<Failure> with(LogTails tails) {
    return hits.stream().map(hit -> failure(hit, tails)).toList();
  }

  private Failure failure(FailureSearch.Hit hit, LogTails tails) {
    TaskKey task = hit.task();
    Optional<Moves.Move> last = moves.last(task);
    State state =
        text.state(
            hit.state()
                .or(() -> last.map(m -> m.event().state()))
                .orElseGet(() -> new State.Crashed("")));
    Instant at = last.map(m -> m.recorded().at()).orElse(fold.since());
    SpecFields spec =
        new SpecFields(fold.scope(task.scope()).map(ScopeFold::spec).orElse(fold.root().spec()));
    return new Failure(
        task,
        state,
        hit.attempt(),
        Math.max(hit.attempt(), spec.attempts(task.task())),
        at,
        items(task),
        exit(state.message()),
        earlier(task),
        spec.of(task.task(), text),
        tails.of(task, hit.attempt()));
  }

  private List<String> earlier(TaskKey task) {
    List<String> lines =
        moves.all(task).stream()
            .map(Moves.Move::event)
            .filter(
                m ->
                    m.state() instanceof State.Scheduled s
                        && s.why() == State.Scheduled.Why.AWAITING_RETRY)
            .map(m -> text.line("attempt " + m.attempt() + ": " + m.state().message()))
            .toList();
    return lines.subList(Math.max(0, lines.size() - MOST_EARLIER), lines.size());
  }

  private static OptionalInt exit(String message) {
    Matcher exited = EXITED.matcher(message);
    if (exited.find()) {
      return OptionalInt.of(Integer.parseInt(exited.group(1)));
    }
    Matcher signalled = SIGNALLED.matcher(message);
    return signalled.find()
        ? OptionalInt.of(128 + Integer.parseInt(signalled.group(1)))
        : OptionalInt.empty();
  }

  private Optional<Evidence.Items> items(TaskKey task) {
    return fold.scope(task.scope())
        .filter(_ -> task.isItem())
        .flatMap(scope -> scope.map(task.task()))
        .map(
            map ->
                new Evidence.Items(FailureSearch.failed(map), map.size(), item(task, map.size())));
  }

  /** The item's value; a secret one is not even decrypted. */
  private String item(TaskKey task, int size) {
    return moves
        .items(task.whole())
        .filter(r -> r.event() instanceof RunEvent.Mapped m && isOpen(m.items()))
        .map(r -> history.output(fold.run(), r.position()))
        .filter(items -> items.size() == size)
        .map(items -> text.line(items.path(task.index()).toString()))
        .orElse("");
  }

  private static boolean isOpen(Output output) {
    return !(output instanceof Output.Stored stored && stored.secret());
  }
}
