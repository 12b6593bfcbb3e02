package dev.mahavishnu.shell;

import java.io.IOError;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * The terminal, with lines that come at any time above the prompt, and a region under it that is
 * painted over. Safe for several threads.
 */
final class LiveTerminal implements AutoCloseable {
  private static final Size COMMON = Size.of(80, 24);

  private final Terminal terminal;
  private final Attributes original;
  private final Attributes raw;
  private final LiveReader reader;
  private final PrintStream out;
  private final List<String> held = new ArrayList<>();
  private volatile boolean lent;
  private final Region region;
  private final Map<Layer, List<String>> wanted = new EnumMap<>(Layer.class);

  /** Who paints the region, from above to below. */
  enum Layer {
    RUNS,
    MODEL,
    BOARD
  }

  private LiveTerminal(Terminal terminal) {
    this.terminal = terminal;
    if (terminal.getSize().getColumns() < 1 || terminal.getSize().getRows() < 1) {
      terminal.setSize(COMMON);
    }
    this.original = terminal.getAttributes();
    // Raw between prompts too: what is typed then stays, unseen, until the next prompt takes it.
    terminal.enterRawMode();
    this.raw = terminal.getAttributes();
    // While a line is read Ctrl-C is a key; between lines it is a signal, which throws away
    // nothing.
    raw.setLocalFlag(Attributes.LocalFlag.ISIG, true);
    raw.setLocalFlag(Attributes.LocalFlag.NOFLSH, true);
    terminal.setAttributes(raw);
    this.reader = new LiveReader(terminal);
    this.region = new Region(terminal);
    reader.onWindowChange(region::windowChanged);
    this.out = new PrintStream(new LineOutput(this::above), true, StandardCharsets.UTF_8);
  }

  static LiveTerminal open() {
    try {
      return new LiveTerminal(
          TerminalBuilder.builder()
              .system(true)
              // Asking the terminal for more would throw away what was typed before the prompt.
              .graphemeCluster(false)
              .build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Terminal terminal() {
    return terminal;
  }

  LiveReader reader() {
    return reader;
  }

  /** Writes whole lines above the prompt. */
  PrintStream out() {
    return out;
  }

  int columns() {
    return Math.max(20, size().getColumns());
  }

  int rows() {
    return Math.max(5, size().getRows());
  }

  private Size size() {
    try {
      return terminal.getSize();
    } catch (UncheckedIOException _) {
      // The window was closed.
      return COMMON;
    }
  }

  /** Whether a region under the prompt can be painted. */
  boolean paints() {
    return !terminal.getType().startsWith(Terminal.TYPE_DUMB)
        && Region.isPossible(terminal)
        && size().getRows() >= 8
        && size().getColumns() >= 20;
  }

  /**
   * Writes. To a window that was closed nothing is written: what goes on there is not disturbed.
   */
  private void write(Runnable writing) {
    try {
      reader.alone(writing);
    } catch (UncheckedIOException | IOError _) {
      // The hang-up that comes with it ends the shell.
    }
  }

  /** Lines, the last one with or without its end. */
  void above(String lines) {
    write(
        () -> {
          if (lent) {
            held.add(lines);
          } else {
            reader.printAbove(lines);
          }
        });
  }

  /**
   * Paints a part of the region under the prompt.
   *
   * @param lines coloured, shorter than the screen is wide; none takes the part away
   */
  void paint(Layer layer, List<String> lines) {
    write(
        () -> {
          wanted.put(layer, List.copyOf(lines));
          if (!lent && region.paint(wanted())) {
            reader.repaint();
          }
        });
  }

  /** All parts; where there is no room for them, the lowest lines of them. */
  private List<String> wanted() {
    List<String> lines = wanted.values().stream().flatMap(List::stream).toList();
    return lines.subList(Math.max(0, lines.size() - (rows() - 3)), lines.size());
  }

  /** Lends the terminal to a program: it is as it was before the shell came, until this ends. */
  void lend(Runnable program) throws InterruptedException {
    reader.alone(
        () -> {
          region.paint(List.of());
          lent = true;
        });
    // Or the thread that reads ahead would take the program's first key.
    terminal.pause(true);
    terminal.setAttributes(original);
    try {
      program.run();
    } finally {
      terminal.setAttributes(raw);
      terminal.resume();
      write(
          () -> {
            lent = false;
            region.paint(wanted());
            held.forEach(reader::printAbove);
            held.clear();
          });
    }
  }

  /** Whether a program has it now. */
  boolean isLent() {
    return lent;
  }

  @Override
  public void close() {
    out.flush();
    write(
        () -> {
          region.paint(List.of());
          terminal.setAttributes(original);
          terminal.flush();
        });
    try {
      terminal.close();
    } catch (IOException | UncheckedIOException | IOError _) {
      // A window that was closed needs nothing more.
    }
  }
}
