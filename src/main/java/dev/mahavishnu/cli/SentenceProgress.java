package dev.mahavishnu.cli;

import dev.mahavishnu.plan.Dollars;
import dev.mahavishnu.plan.Progress;
import dev.mahavishnu.plan.Usage;
import dev.mahavishnu.view.Cells;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A model at work for a command: what it looks up and what it took on standard error, so that
 * standard output has the result alone. Ctrl-C stops it.
 */
final class SentenceProgress implements Progress, AutoCloseable {
  private final PrintStream err;
  private final List<Runnable> stops = new CopyOnWriteArrayList<>();
  private final Interrupts.Registration registration;
  private volatile boolean stopped;
  private Usage took = Usage.NONE;

  SentenceProgress(PrintStream err, Interrupts interrupts) {
    this.err = err;
    this.registration = interrupts.onInterrupt(this::stop);
  }

  private void stop() {
    stopped = true;
    stops.forEach(Runnable::run);
  }

  @Override
  public Hold onStop(Runnable stop) {
    stops.add(stop);
    if (stopped) {
      stop.run();
    }
    return () -> stops.remove(stop);
  }

  @Override
  public void notes(String line) {
    err.println("note: " + Cells.clean(line));
  }

  @Override
  public synchronized void costs(Usage usage) {
    took = took.plus(usage);
  }

  /** What all of it took, on a line of its own; nothing where nothing was sent. */
  synchronized void sum(String model) {
    if (took.input() + took.output() > 0) {
      String price =
          took.dollars().filter(d -> d.signum() > 0).map(d -> ", " + Dollars.shown(d)).orElse("");
      err.println(
          String.format(
              Locale.ROOT,
              "%s: %.1f s, %d tokens sent, %d received%s",
              Cells.clean(model),
              took.time().toMillis() / 1000.0,
              took.input(),
              took.output(),
              price));
    }
  }

  @Override
  public void close() {
    registration.close();
  }
}
