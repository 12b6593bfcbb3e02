package dev.mahavishnu.store;

import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.TaskCounts;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How runs are now, from their journals and locks. Safe for several threads. */
final class Lives {
  /**
   * A run as it was found.
   *
   * @param length of its journal when it was looked at
   * @param settled whether it stays so until somebody takes it
   */
  record Seen(RunSummary summary, long length, boolean settled) {}

  private final Journals journals;

  Lives(Journals journals) {
    this.journals = journals;
  }

  /** Empty when there is no such run. */
  Optional<Seen> look(RunId run) {
    try {
      long length = length(run);
      boolean held = isHeld(run);
      Optional<RunFold> read = journals.fold(run);
      if (read.isEmpty()) {
        return Optional.empty();
      }
      RunFold fold = read.get();
      State state = fold.state();
      // In this order: who let go before the first look had written its last word by the second.
      boolean free = !held && !isHeld(run);
      if (free && !isSettled(state)) {
        state = gone(journals.folder(run));
      }
      return Optional.of(new Seen(summary(fold, state), length, free && isSettled(fold.state())));
    } catch (IOException e) {
      return Optional.of(unreadable(run, Messages.of(e)));
    } catch (StoreException e) {
      return Optional.of(unreadable(run, String.valueOf(e.getMessage())));
    }
  }

  /** Whether nothing was done to the run since it was looked at, and nobody has it. */
  boolean isStill(RunId run, long length) {
    try {
      return !isHeld(run) && length(run) == length;
    } catch (IOException | StoreException e) {
      return false;
    }
  }

  private long length(RunId run) throws IOException {
    List<Segment> segments = Segment.list(journals.folder(run).path());
    return segments.isEmpty() ? 0 : segments.getLast().end();
  }

  private boolean isHeld(RunId run) throws IOException {
    return Locks.ofProcess().isHeld(journals.folder(run).lock());
  }

  /** Whether a state that no process stands behind is the right one to show. */
  private static boolean isSettled(State state) {
    return state.isFinal() || state instanceof State.Paused;
  }

  private static State gone(RunFolder run) {
    Holder holder = Holder.read(run.holder());
    String who =
        holder.pid() < 0
            ? "the process that ran it is gone"
            : "process " + holder.pid() + " on " + holder.host() + " that ran it is gone";
    return new State.Crashed(who + "; `run resume " + run.run() + "` goes on with it");
  }

  /** One line about a run that is in this state. */
  static RunSummary summary(RunFold fold, State state) {
    return new RunSummary(
        fold.run(),
        fold.created().flow(),
        state,
        state instanceof State.Crashed || state instanceof State.Paused,
        fold.createdAt(),
        fold.started(),
        fold.ended(),
        fold.counts());
  }

  private static Seen unreadable(RunId run, String why) {
    RunSummary summary =
        new RunSummary(
            run,
            "?",
            new State.Crashed(why),
            false,
            Instant.EPOCH,
            Optional.empty(),
            Optional.empty(),
            TaskCounts.NONE);
    return new Seen(summary, 0, false);
  }
}
