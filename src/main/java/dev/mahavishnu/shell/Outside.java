package dev.mahavishnu.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
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

  /** Lets what this process started go on, where Ctrl-Z stopped it: nobody else could. */
  static void goOn() {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "kill -CONT \"$@\"", "sh"));
    ProcessHandle.current().descendants().map(p -> String.valueOf(p.pid())).forEach(command::add);
    try {
      new ProcessBuilder(command)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException _) {
      // No program can be started: this one stands, until somebody else lets it go on.
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
