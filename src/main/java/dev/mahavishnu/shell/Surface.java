package dev.mahavishnu.shell;

import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import java.io.PrintStream;
import java.util.List;

/**
 * The terminal, as a command that was typed in the interactive shell may use it. What it prints
 * appears above the prompt, in whole lines.
 */
public interface Surface {
  PrintStream out();

  PrintStream err();

  /** Cells of a line. */
  int columns();

  /** Lines of the screen. */
  int rows();

  /**
   * Calls {@code first} when the person presses Ctrl-C and means the command that this thread
   * executes.
   */
  Hold onInterrupt(Runnable first);

  /**
   * Shows a run from here on, as a tree under the prompt, which the person gets back meanwhile. To
   * be called on the thread that executes the command.
   *
   * @param history of the workspace that the run is in
   */
  Watch watch(RunId run, RunHistory history);

  /** A place under the prompt for lines that change, until it is closed. */
  Board board();

  /** Lines that change. */
  interface Board extends Hold {
    /**
     * Shows these lines in place of the ones before.
     *
     * @param lines each shorter than the screen is wide
     */
    void paint(List<String> lines);
  }

  /**
   * Runs a program that has the terminal meanwhile.
   *
   * @return its exit code; 127: it can't be started
   */
  int lend(List<String> command);

  /** Closing it ends what it stands for. */
  interface Hold extends AutoCloseable {
    @Override
    void close();
  }

  /** A run on the screen. */
  interface Watch extends Hold {
    /** The next event. All events of the run come, in order and on one thread. */
    void show(Recorded recorded);

    /** An event that was before this process took up the run: known, but no news. */
    void recall(Recorded recorded);
  }
}
