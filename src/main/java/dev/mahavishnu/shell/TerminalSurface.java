package dev.mahavishnu.shell;

import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The terminal for commands, each of which runs as a {@link Job}. */
final class TerminalSurface implements Surface {
  private static final int NOT_STARTED = 127;

  private final LiveTerminal terminal;
  private final Trees trees;
  private final Jobs jobs;
  private final Consumer<RunWatch.Asking> asks;

  TerminalSurface(LiveTerminal terminal, Trees trees, Jobs jobs, Consumer<RunWatch.Asking> asks) {
    this.terminal = terminal;
    this.trees = trees;
    this.jobs = jobs;
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
  public int lend(List<String> command) {
    AtomicInteger code = new AtomicInteger(Exit.INTERRUPTED);
    try {
      terminal.lend(() -> code.set(run(command)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return code.get();
  }

  private static int run(List<String> command) {
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (IOException _) {
      return NOT_STARTED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Exit.INTERRUPTED;
    }
  }

  @Override
  public Watch watch(RunId run, RunHistory history) {
    Job job = job();
    RunWatch watch = trees.watch(run, history, asks, job::endWatch);
    int _ = jobs.number(run);
    job.beginWatch(watch);
    return watch;
  }

  @Override
  public Board board() {
    return new Board() {
      @Override
      public void paint(List<String> lines) {
        if (terminal.paints()) {
          terminal.paint(LiveTerminal.Layer.BOARD, lines);
        } else {
          lines.forEach(terminal.out()::println);
        }
      }

      @Override
      public void close() {
        if (terminal.paints()) {
          terminal.paint(LiveTerminal.Layer.BOARD, List.of());
        }
      }
    };
  }

  private static Job job() {
    return Objects.requireNonNull(Job.current(), "not a command's thread");
  }
}
