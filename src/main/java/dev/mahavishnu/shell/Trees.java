package dev.mahavishnu.shell;

import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.view.Palette;
import dev.mahavishnu.view.ProgressLines;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The runs on the screen, as trees under the prompt that move; where a region can't be painted, as
 * lines above it.
 */
final class Trees {
  private static final Duration FRAME = Duration.ofMillis(100);

  /** Most lines of a tree that stays. */
  private static final int LEFT = 30;

  private final LiveTerminal terminal;
  private final Palette palette;
  private final Clock clock;
  private final List<RunWatch> watches = new CopyOnWriteArrayList<>();
  private @Nullable Thread painter;
  private int height;

  Trees(LiveTerminal terminal, Palette palette, Clock clock) {
    this.terminal = terminal;
    this.palette = palette;
    this.clock = clock;
  }

  /** Shows a run until the watch is closed. */
  RunWatch watch(RunId run, Consumer<RunWatch.Asking> asks, Runnable closed) {
    ProgressLines progress = new ProgressLines(ZoneId.systemDefault());
    Consumer<Recorded> lines =
        terminal.paints()
            ? _ -> {}
            : recorded -> progress.after(recorded).forEach(terminal.out()::println);
    RunWatch watch =
        new RunWatch(
            run,
            palette,
            asks,
            lines,
            w -> {
              watches.remove(w);
              frame();
              leave(w);
              closed.run();
            });
    watches.add(watch);
    startPainter();
    return watch;
  }

  private synchronized void startPainter() {
    if (painter == null && terminal.paints()) {
      painter = Thread.ofVirtual().name("trees").start(this::paint);
    }
  }

  private void paint() {
    try {
      while (true) {
        Thread.sleep(FRAME);
        synchronized (this) {
          if (watches.isEmpty()) {
            painter = null;
            return;
          }
        }
        frame();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * At most half of the screen, shared by the runs that are on it; the newest get their share. One
   * at a time, or a frame from before a run ended would be painted after it, and stay.
   */
  private synchronized void frame() {
    if (!terminal.paints()) {
      return;
    }
    int room = terminal.rows() / 2;
    int shown = Math.max(1, Math.min(watches.size(), room / 3));
    int share = Math.max(3, room / shown);
    Instant now = clock.instant();
    List<String> lines = new ArrayList<>();
    List<RunWatch> all = List.copyOf(watches);
    for (RunWatch watch : all.subList(Math.max(0, all.size() - shown), all.size())) {
      lines.addAll(watch.lines(now, terminal.columns() - 1, share));
    }
    terminal.paint(LiveTerminal.Layer.RUNS, steady(lines, room));
  }

  /**
   * As many lines as before, or more: each line that comes and goes would push up what is above. A
   * region that must grow therefore grows by a few lines at once.
   */
  private synchronized List<String> steady(List<String> lines, int room) {
    if (lines.isEmpty()) {
      height = 0;
      return lines;
    }
    if (lines.size() > height) {
      height = height == 0 ? lines.size() : Math.max(lines.size(), Math.min(room, height + 3));
    }
    List<String> padded = new ArrayList<>(Collections.nCopies(height - lines.size(), ""));
    padded.addAll(lines);
    return padded;
  }

  /** What stays of a run on the screen when it is over. */
  private void leave(RunWatch watch) {
    if (terminal.paints()) {
      List<String> lines = watch.lines(clock.instant(), terminal.columns() - 1, LEFT);
      // Without its head: the summary says the same, and comes right after it.
      lines.stream().skip(1).forEach(line -> terminal.above(line + "\n"));
    }
  }
}
