package dev.mahavishnu.cli;

import java.util.ArrayList;
import java.util.List;

/** Ctrl-C for commands that a client of {@code mcp serve} called: it comes when the server ends. */
final class McpStops implements Interrupts {
  private final List<Runnable> waiting = new ArrayList<>();
  private boolean stopped;

  /** What is registered after the end came is called at once. */
  @Override
  public Registration onInterrupt(Runnable first) {
    synchronized (this) {
      if (!stopped) {
        waiting.add(first);
        return () -> remove(first);
      }
    }
    first.run();
    return () -> {};
  }

  private synchronized void remove(Runnable first) {
    waiting.remove(first);
  }

  /** Interrupts everything. */
  void stop() {
    List<Runnable> all;
    synchronized (this) {
      stopped = true;
      all = List.copyOf(waiting);
    }
    all.forEach(Runnable::run);
  }
}
