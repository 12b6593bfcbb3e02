package dev.mahavishnu.shell;

import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.StateType;
import dev.mahavishnu.run.TaskKey;
import dev.mahavishnu.view.Beside;
import dev.mahavishnu.view.Palette;
import dev.mahavishnu.view.TreeView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One run on the screen: takes its events, gives its tree. */
final class RunWatch implements Surface.Watch {

  /**
   * A task that waits for a person.
   *
   * @param seq of the event that says so
   * @param message what the flow says about it
   */
  record Asking(RunWatch watch, long seq, TaskKey task, String message) {
    RunId run() {
      return watch.run;
    }

    /** Whether it still does. */
    boolean isOpen() {
      return watch.isPaused(task);
    }
  }

  private final RunId run;
  private final TreeView tree;
  private final RunBeside beside;
  private final RunFold fold = new RunFold();
  private final Consumer<Asking> asks;
  private final Consumer<Recorded> listener;
  private final Consumer<RunWatch> closed;
  private final CountDownLatch rests = new CountDownLatch(1);
  private volatile boolean hidden;

  /**
   * @param asks called for each task that waits for a person
   * @param listener called with each event while it is not hidden
   */
  RunWatch(
      RunId run,
      Palette palette,
      RunBeside beside,
      Consumer<Asking> asks,
      Consumer<Recorded> listener,
      Consumer<RunWatch> closed) {
    this.run = run;
    this.tree = new TreeView(palette);
    this.beside = beside;
    this.asks = asks;
    this.listener = listener;
    this.closed = closed;
  }

  @Override
  public void recall(Recorded recorded) {
    synchronized (this) {
      fold.apply(recorded);
    }
  }

  @Override
  public void show(Recorded recorded) {
    recall(recorded);
    if (!hidden) {
      listener.accept(recorded);
    }
    if (recorded.event() instanceof RunEvent.TaskMoved moved
        && moved.state() instanceof State.Paused paused
        && paused.why() == State.Paused.Why.PAUSED) {
      asks.accept(new Asking(this, recorded.seq(), moved.task(), paused.message()));
    }
  }

  private synchronized boolean isPaused(TaskKey task) {
    return fold.task(task).filter(t -> t.state().type() == StateType.PAUSED).isPresent();
  }

  /** The tree as it is now; none before the run's first event. */
  List<String> lines(Instant now, int width, int most) {
    synchronized (beside) {
      Optional<String> flow = flow();
      if (flow.isEmpty()) {
        return List.of();
      }
      // Before the lock for which the run's events wait: files are read here.
      Beside known = beside.now(flow.get());
      synchronized (this) {
        return tree.lines(fold, known, now, width, most);
      }
    }
  }

  private synchronized Optional<String> flow() {
    return fold.seq() == 0 ? Optional.empty() : Optional.of(fold.created().flow());
  }

  RunId run() {
    return run;
  }

  /** Whether it goes on without being shown. */
  boolean isHidden() {
    return hidden;
  }

  void hide(boolean away) {
    hidden = away;
  }

  /**
   * Waits until the run rests, when all that it does is to wait: an answer then goes to a run that
   * nobody holds, and not into the hands of who is just letting go. Not for long: other tasks of it
   * may still run.
   */
  void awaitRest() {
    try {
      rests.await(300, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.accept(this);
    rests.countDown();
    synchronized (beside) {
      beside.close();
    }
  }
}
