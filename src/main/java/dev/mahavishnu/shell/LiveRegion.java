package dev.mahavishnu.shell;

import dev.mahavishnu.plan.Usage;
import dev.mahavishnu.view.Cells;
import dev.mahavishnu.view.Palette;
import dev.mahavishnu.view.Tone;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * What a model does, in the lowest lines of the screen: the outline of what it proposes, the end of
 * what it says or thinks, and how long it has been at it.
 */
final class LiveRegion implements Live {
  private static final Duration FRAME = Duration.ofMillis(100);
  private static final int MOST = 12;
  private static final int MOST_THOUGHTS = 2;

  private final LiveTerminal terminal;
  private final Palette palette;
  private final Clock clock;
  private final String model;
  private final Instant begun;
  private final Tail said = new Tail();
  private final Tail thought = new Tail();
  private final Thread painter;
  private boolean thinking;
  private List<String> outline = List.of();
  private Usage usage = Usage.NONE;
  private int height;
  private boolean closed;

  LiveRegion(LiveTerminal terminal, Palette palette, Clock clock, String model) {
    this.terminal = terminal;
    this.palette = palette;
    this.clock = clock;
    this.model = model;
    this.begun = clock.instant();
    this.painter = Thread.ofVirtual().name("model").start(this::paint);
  }

  private void paint() {
    try {
      while (true) {
        // First a moment of nothing: what ends at once needs no region.
        Thread.sleep(FRAME);
        synchronized (this) {
          if (closed) {
            return;
          }
          int room = Math.max(2, Math.min(MOST, terminal.rows() / 2 - 1));
          terminal.paint(LiveTerminal.Layer.MODEL, steady(lines(terminal.columns() - 1, room)));
        }
      }
    } catch (InterruptedException _) {
      // Closed.
    }
  }

  /** Never fewer lines than before: what is above would jump. */
  private List<String> steady(List<String> lines) {
    height = Math.max(height, lines.size());
    List<String> padded = new ArrayList<>(Collections.nCopies(height - lines.size(), ""));
    padded.addAll(lines);
    return padded;
  }

  private List<String> lines(int width, int room) {
    List<String> lines = new ArrayList<>();
    int left = room - 1;
    List<String> words =
        thinking
            ? thought.lines(width - 2, Math.min(MOST_THOUGHTS, left))
            : said.lines(width - 2, outline.isEmpty() ? left : Math.min(2, left));
    int tasks = Math.min(outline.size(), left - words.size());
    outline
        .subList(outline.size() - tasks, outline.size())
        .forEach(task -> lines.add(palette.paint(Tone.GOOD, fit("+ " + task, width))));
    Tone tone = thinking ? Tone.QUIET : Tone.PLAIN;
    words.forEach(line -> lines.add(palette.paint(tone, "  " + line)));
    lines.add(palette.paint(Tone.ACTIVE, fit(status(), width)));
    return lines;
  }

  private static String fit(String text, int width) {
    return Cells.fit(Cells.clean(text), width);
  }

  private String status() {
    List<String> parts = new ArrayList<>();
    parts.add((palette.unicode() ? "⋯ " : "... ") + model);
    double seconds = Duration.between(begun, clock.instant()).toMillis() / 1000.0;
    parts.add(String.format(Locale.ROOT, "%.1f s", Math.max(0, seconds)));
    long tokens = usage.input() + usage.output();
    if (tokens > 0) {
      parts.add(String.format(Locale.ROOT, "%,d tokens", tokens));
    }
    parts.add("Ctrl-C stops");
    return String.join(Spending.separator(palette), parts);
  }

  @Override
  public synchronized void says(String more) {
    thinking = false;
    said.add(more);
  }

  @Override
  public synchronized void thinks(String more) {
    thinking = true;
    thought.add(more);
  }

  @Override
  public synchronized void outlines(List<String> tasks) {
    thinking = false;
    outline = List.copyOf(tasks);
  }

  @Override
  public void notes(String line) {
    terminal.above(palette.paint(Tone.QUIET, Cells.clean(line)) + "\n");
  }

  @Override
  public synchronized void costs(Usage more) {
    usage = usage.plus(more);
    // What comes next is another answer.
    said.clear();
    thought.clear();
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      // Not while it writes.
      painter.interrupt();
      terminal.paint(LiveTerminal.Layer.MODEL, List.of());
    }
  }
}
