package dev.mahavishnu.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Programs that are not ours. */
final class Outside {
  private Outside() {}

  /**
   * Runs a program to its end and gives its exit code; 127 when it can't be started.
   *
   * @param out gets what it prints, where it was not given a stream of its own
   */
  static int run(ProcessBuilder program, Stage stage, PrintStream out, PrintStream err) {
    Process process;
    try {
      process = program.start();
    } catch (IOException e) {
      stage.complain(List.of(String.valueOf(e.getMessage())));
      return 127;
    }
    try {
      Thread errors = Thread.ofVirtual().start(() -> copy(process.getErrorStream(), err));
      copy(process.getInputStream(), out);
      errors.join();
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      return 130;
    }
  }

  private static void copy(InputStream from, PrintStream to) {
    try {
      from.transferTo(to);
      to.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
