package dev.mahavishnu.shell;

import dev.mahavishnu.run.RunId;
import java.io.PrintStream;
import java.util.Objects;
import java.util.function.Consumer;

/** The terminal for commands, each of which runs as a {@link Job}. */
final class TerminalSurface implements Surface {
  private final LiveTerminal terminal;
  private final Trees trees;
  private final Consumer<RunWatch.Asking> asks;

  TerminalSurface(LiveTerminal terminal, Trees trees, Consumer<RunWatch.Asking> asks) {
    this.terminal = terminal;
    this.trees = trees;
    this.asks = asks;
  }

  @Override
  public PrintStream out() {
    return terminal.out();
  }

  @Override
  public PrintStream err() {
    return terminal.out();
  }

  @Override
  public int columns() {
    return terminal.columns();
  }

  @Override
  public int rows() {
    return terminal.rows();
  }

  @Override
  public Hold onInterrupt(Runnable first) {
    return job().onInterrupt(first);
  }

  @Override
  public Watch watch(RunId run) {
    Job job = job();
    job.beginWatch();
    return trees.watch(run, asks, job::endWatch);
  }

  private static Job job() {
    return Objects.requireNonNull(Job.current(), "not a command's thread");
  }
}
