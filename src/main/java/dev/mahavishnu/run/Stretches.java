package dev.mahavishnu.run;

import dev.mahavishnu.run.Chronicle.Stretch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The attempts and waits of one task run, from its moves. */
final class Stretches {
  static final State GONE = new State.Crashed("its process went away");

  private final List<Stretch> done = new ArrayList<>();
  private final EvidenceText text;
  private int dropped;
  private Optional<Stretch> open = Optional.empty();

  Stretches(EvidenceText text) {
    this.text = text;
  }

  void move(RunEvent.TaskMoved moved, Instant at) {
    State state = text.state(moved.state());
    boolean ends = open.isPresent();
    close(at, Optional.of(state));
    switch (state.type()) {
      case RUNNING -> open = Optional.of(open(moved, true, at, state));
      case SCHEDULED, PAUSED -> open = Optional.of(open(moved, false, at, state));
      case COMPLETED, FAILED, CANCELLED, CRASHED -> {
        // What only computes is journaled once, at its end.
        if (!ends && moved.attempt() > 0) {
          keep(new Stretch(moved.attempt(), true, at, Optional.of(at), state));
        }
      }
      case PENDING, CANCELLING -> {}
    }
  }

  private static Stretch open(RunEvent.TaskMoved moved, boolean ran, Instant at, State state) {
    return new Stretch(moved.attempt(), ran, at, Optional.empty(), state);
  }

  private void close(Instant at, Optional<State> next) {
    open.ifPresent(
        stretch -> {
          State ended = stretch.ran() ? next.orElse(stretch.state()) : stretch.state();
          boolean again = stretch.ran() && ended.type() == StateType.RUNNING;
          keep(
              new Stretch(
                  stretch.attempt(),
                  stretch.ran(),
                  stretch.from(),
                  Optional.of(at),
                  again ? GONE : stretch.ran() ? how(ended) : ended));
        });
    open = Optional.empty();
  }

  /** An attempt that is to be tried again has failed; one that was put back was stopped. */
  private static State how(State ended) {
    if (ended instanceof State.Scheduled s) {
      return s.why() == State.Scheduled.Why.AWAITING_RETRY
          ? new State.Failed(State.Failed.How.ERROR, s.message())
          : new State.Cancelled(s.message().isEmpty() ? "put aside" : s.message());
    }
    return ended instanceof State.Pending ? new State.Cancelled("put aside") : ended;
  }

  /**
   * Nobody executed the run from then on: an attempt that went on then, ended then; a wait goes on.
   */
  void stop(Instant at, State how) {
    if (open.filter(Stretch::ran).isPresent()) {
      close(at, Optional.of(how));
    }
  }

  private void keep(Stretch stretch) {
    done.add(stretch);
    if (done.size() > Chronicle.Told.MOST_STRETCHES) {
      done.removeFirst();
      dropped++;
    }
  }

  /** All of them, the oldest first. */
  List<Stretch> all() {
    List<Stretch> all = new ArrayList<>(done);
    open.ifPresent(all::add);
    return all;
  }

  /** How many older ones are not there. */
  int dropped() {
    return dropped;
  }
}
