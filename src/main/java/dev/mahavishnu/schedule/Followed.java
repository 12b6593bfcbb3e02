package dev.mahavishnu.schedule;

import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.run.State;
import dev.mahavishnu.schedule.Timetable.Follower;
import dev.mahavishnu.spec.Trigger;
import dev.mahavishnu.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds the ends of runs that flows follow, whichever process had the runs. An end counts once for
 * a trigger, and only if the trigger was there before it.
 */
final class Followed {
  /** A killed process leaves no sign of its end: so often it is looked for. */
  private static final Duration EVERY = Duration.ofSeconds(30);

  /** A flow that follows the end of a run. */
  record End(Follower follower, String cause) {}

  private final Store store;
  private final Ledger ledger;

  /** Runs whose ends were looked at, with the time of the end. */
  private final Set<String> seen = new HashSet<>();

  private long changes;
  private Instant last = Instant.MIN;

  Followed(Store store, Ledger ledger) {
    this.store = store;
    this.ledger = ledger;
  }

  /** The flows have changed. */
  void reset() {
    seen.clear();
    last = Instant.MIN;
  }

  static boolean counts(Trigger trigger, State state) {
    return switch (trigger.state()) {
      case COMPLETED -> state instanceof State.Completed;
      case FAILED -> state instanceof State.Failed;
      case CRASHED -> state instanceof State.Crashed;
      case CANCELLED -> state instanceof State.Cancelled;
      case ANY -> state.isFinal();
    };
  }

  /**
   * The ends that no decision was made about.
   *
   * @param surely whether to look even where nothing seems to have changed
   */
  List<End> look(Timetable table, Predicate<String> chosen, boolean surely, Instant now) {
    List<Follower> followers =
        table.followers().stream().filter(f -> chosen.test(f.flow())).toList();
    if (followers.isEmpty()) {
      return List.of();
    }
    long before = changes;
    changes = store.changes();
    boolean old =
        last.equals(Instant.MIN) || Duration.between(last, now).abs().compareTo(EVERY) > 0;
    if (!surely && !old && before == changes) {
      return List.of();
    }
    last = now;
    List<End> ends = new ArrayList<>();
    store.history().list().forEach(run -> ends.addAll(of(run, followers)));
    return ends;
  }

  private List<End> of(RunSummary run, List<Follower> followers) {
    if (!run.state().isFinal()) {
      return List.of();
    }
    List<Follower> ofRun =
        followers.stream()
            .filter(f -> f.trigger().after().equals(run.flow()))
            .filter(f -> counts(f.trigger(), run.state()))
            .toList();
    if (ofRun.isEmpty()) {
      return List.of();
    }
    RunId id = run.run();
    Instant end = run.ended().orElseGet(() -> killed(run));
    if (!seen.add(id + "@" + end)) {
      return List.of();
    }
    String cause = Intent.triggered(id, end);
    return ofRun.stream()
        .filter(f -> ledger.mark(f.key()).filter(end::isAfter).isPresent())
        .filter(f -> !ledger.knows(new Intent(cause, f.flow(), id, end)))
        .map(f -> new End(f, cause))
        .distinct()
        .toList();
  }

  /**
   * A run whose process was killed has no end in its journal: then its last word counts. When it is
   * gone on with and killed again, that is another end.
   */
  private Instant killed(RunSummary run) {
    RunHistory history = store.history();
    return history.fold(run.run()).map(RunFold::seq).stream()
        .flatMap(seq -> history.events(run.run(), seq).stream())
        .map(Recorded::at)
        .reduce((_, last) -> last)
        .orElse(run.created());
  }
}
