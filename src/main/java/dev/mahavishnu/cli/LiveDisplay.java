package dev.mahavishnu.cli;

import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.view.Palette;
import dev.mahavishnu.view.TreeView;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A run as a tree that is painted over itself. The cursor always stands below the tree, so that a
 * process that is killed leaves a usable screen.
 */
final class LiveDisplay implements RunDisplay {
  private static final Duration FRAME = Duration.ofMillis(100);
  private static final int FRAMES_A_SIZE = 10;

  private final PrintStream out;
  private final Screen.Size.Source size;
  private final TreeView view;
  private final Clock clock;
  private final RunFold fold = new RunFold();
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread painter;
  private int painted;
  private int frames;
  private Screen.Size now;

  LiveDisplay(PrintStream out, Palette palette, Screen.Size.Source size, Clock clock) {
    this.out = out;
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
      while (!over.await(FRAME.toMillis(), TimeUnit.MILLISECONDS)) {
        frame(now.rows() - 1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void frame(int rows) {
    if (fold.seq() == 0) {
      return;
    }
    if (frames++ % FRAMES_A_SIZE == 0) {
      now = size.now();
    }
    List<String> lines = view.lines(fold, clock.instant(), now.columns() - 1, rows);
    StringBuilder text = new StringBuilder();
    if (painted > 0) {
      text.append("\u001b[").append(painted).append('A');
    }
    // No wrapping, or a line on a screen that has just become narrow would take two.
    text.append("\r\u001b[?7l");
    lines.forEach(line -> text.append(line).append("\u001b[K\n"));
    text.append("\u001b[J\u001b[?7h");
    out.print(text);
    out.flush();
    painted = lines.size();
  }

  @Override
  public void close() {
    over.countDown();
    try {
      painter.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    frame(Math.max(now.rows() - 1, 40));
  }
}
