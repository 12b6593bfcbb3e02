package dev.mahavishnu.shell;

import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.view.Cells;
import dev.mahavishnu.view.Pace;
import dev.mahavishnu.view.Palette;
import dev.mahavishnu.view.ProgressLines;
import dev.mahavishnu.view.Tone;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The runs on the screen, as trees under the prompt that move; where a region can't be painted, as
 * lines above it.
 */
final class Trees {
  /** Fewest lines that say something of a run. */
  private static final int LEAST = 3;

  /** Most lines of a tree that stays. */
  private static final int LEFT = 30;

  private final LiveTerminal terminal;
  private final Palette palette;
  private final Clock clock;
  private final Pace pace = new Pace();
  private final List<RunWatch> watches = new CopyOnWriteArrayList<>();
  private @Nullable Thread painter;
  private int height;

  Trees(LiveTerminal terminal, Palette palette, Clock clock) {
    this.terminal = terminal;
    this.palette = palette;
    this.clock = clock;
  }

  /** Shows a run until the watch is closed. */
  RunWatch watch(RunId run, RunHistory history, Consumer<RunWatch.Asking> asks, Runnable closed) {
    ProgressLines progress = new ProgressLines(ZoneId.systemDefault());
    Consumer<Recorded> lines =
        terminal.paints()
            ? _ -> {}
            : recorded -> progress.after(recorded).forEach(terminal.out()::println);
    RunWatch watch =
        new RunWatch(
            run,
            palette,
            new RunBeside(history, run),
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
        Thread.sleep(pace.pause());
        synchronized (this) {
          if (watches.isEmpty()) {
            painter = null;
            return;
          }
        }
        pace.paint(this::frame);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes a run off the screen, or brings it back as the newest one. */
  void hide(RunWatch watch, boolean away) {
    watch.hide(away);
    if (!away && watches.remove(watch)) {
      watches.add(watch);
    }
    frame();
  }

  /**
   * At most half of the screen. One at a time, or a frame from before a run ended would be painted
   * after it, and stay.
   */
  private synchronized void frame() {
    if (terminal.paints()) {
      int room = terminal.rows() / 2;
      List<RunWatch> shown = watches.stream().filter(w -> !w.isHidden()).toList();
      terminal.paint(LiveTerminal.Layer.RUNS, steady(lines(shown, room), room));
    }
  }

  /** The newest runs that find room; those that do not are counted. */
  private List<String> lines(List<RunWatch> all, int room) {
    boolean crowded = all.size() > Math.max(1, room / LEAST);
    int most = Math.max(1, (crowded ? room - 1 : room) / LEAST);
    List<RunWatch> shown = all.subList(Math.max(0, all.size() - most), all.size());
    List<String> lines = new ArrayList<>();
    int left = all.size() - shown.size();
    if (left > 0) {
      String more = "… and " + left + (left == 1 ? " more run: jobs" : " more runs: jobs");
      String plain = palette.unicode() ? more : more.replace('…', '~');
      lines.add(palette.paint(Tone.QUIET, Cells.fit(plain, terminal.columns() - 1)));
    }
    shared(shown, room - lines.size()).forEach(lines::addAll);
    return lines;
  }

  /** All get the same; what some do not need goes to the others. */
  private List<List<String>> shared(List<RunWatch> shown, int room) {
    Instant now = clock.instant();
    int width = terminal.columns() - 1;
    int share = room / Math.max(1, shown.size());
    int most = Math.max(LEAST, share);
    List<List<String>> trees = new ArrayList<>();
    shown.forEach(watch -> trees.add(watch.lines(now, width, most)));
    List<Integer> cut =
        IntStream.range(0, trees.size()).filter(i -> trees.get(i).size() >= most).boxed().toList();
    int spare = room - trees.stream().mapToInt(List::size).sum();
    if (!cut.isEmpty() && spare >= cut.size()) {
      int more = most + spare / cut.size();
      cut.forEach(i -> trees.set(i, shown.get(i).lines(now, width, more)));
    }
    return trees;
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

  /** What stays of a run on the screen when it is over; of one in the background nothing. */
  private void leave(RunWatch watch) {
    if (terminal.paints() && !watch.isHidden()) {
      List<String> lines = watch.lines(clock.instant(), terminal.columns() - 1, LEFT);
      // Without its head: the summary says the same, and comes right after it.
      lines.stream().skip(1).forEach(line -> terminal.above(line + "\n"));
    }
  }
}
