package dev.mahavishnu.cli;

import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.shell.RunBeside;
import dev.mahavishnu.view.Beside;
import dev.mahavishnu.view.Pace;
import dev.mahavishnu.view.Palette;
import dev.mahavishnu.view.TreeView;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A run as a tree that is painted over itself. */
final class LiveDisplay implements RunDisplay {
  private static final int FRAMES_A_SIZE = 10;

  private final Painting painting;
  private final Screen.Size.Source size;
  private final TreeView view;
  private final Clock clock;
  private final RunBeside beside;
  private final Pace pace = new Pace();
  private final RunFold fold = new RunFold();
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread painter;
  private int frames;
  private Screen.Size now;

  LiveDisplay(
      PrintStream out, Palette palette, RunBeside beside, Screen.Size.Source size, Clock clock) {
    this.painting = new Painting(out);
    this.beside = beside;
    this.size = size;
    this.view = new TreeView(palette);
    this.clock = clock;
    this.now = size.now();
    this.painter = Thread.ofPlatform().daemon().name("painter").start(this::paint);
  }

  @Override
  public synchronized void show(Recorded recorded) {
    fold.apply(recorded);
  }

  @Override
  public void recall(Recorded recorded) {
    show(recorded);
  }

  private void paint() {
    try {
      while (!over.await(pace.pause().toMillis(), TimeUnit.MILLISECONDS)) {
        pace.paint(() -> frame(now.rows() - 1));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void frame(int rows) {
    Optional<String> flow = flow();
    // Before the lock for which the run's events wait: files are read here.
    flow.ifPresent(name -> paint(beside.now(name), rows));
  }

  private synchronized Optional<String> flow() {
    return fold.seq() == 0 ? Optional.empty() : Optional.of(fold.created().flow());
  }

  private synchronized void paint(Beside known, int rows) {
    if (frames++ % FRAMES_A_SIZE == 0) {
      now = size.now();
    }
    List<String> lines = view.lines(fold, known, clock.instant(), now.columns() - 1, rows);
    painting.paint(lines);
  }

  @Override
  public void close() {
    over.countDown();
    try {
      painter.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    beside.close();
    frame(Math.max(now.rows() - 1, 40));
  }
}
