package dev.mahavishnu.shell;

import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;
import org.jline.utils.InfoCmp.Capability;

/**
 * A line reader that shares its lock: whatever is written to the terminal is written under it, or
 * lines get lost.
 */
final class LiveReader extends LineReaderImpl {
  LiveReader(Terminal terminal) {
    super(terminal, "mahavishnu", null);
  }

  /** Does something while nothing else is written. */
  void alone(Runnable action) {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }

  /** Paints the line that is being typed again, when one is: nothing of it is there any more. */
  void repaint() {
    alone(
        () -> {
          if (reading) {
            terminal.puts(Capability.carriage_return);
            redrawLine();
            redisplay(true);
          }
        });
  }
}
