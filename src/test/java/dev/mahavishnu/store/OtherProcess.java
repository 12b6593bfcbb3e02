package dev.mahavishnu.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mahavishnu.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another Java process that runs one of our test programs. */
final class OtherProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader lines;

  private OtherProcess(Process process) {
    this.process = process;
    this.lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  static OtherProcess start(Class<?> program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(ChildJvm.of(program.getName()));
    command.add(1, "-Xmx128m");
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    return new OtherProcess(builder.start());
  }

  long pid() {
    return process.pid();
  }

  /** The next line it prints, or "" at its end. */
  String line() throws IOException {
    String line = lines.readLine();
    return line == null ? "" : line;
  }

  /** Whether a line is there to be read without waiting. */
  boolean hasLine() throws IOException {
    return lines.ready();
  }

  /** Ends it as {@code kill -9} does, and waits until it is gone. */
  void kill() {
    // Through its handle: what it printed before can still be read.
    process.toHandle().destroyForcibly();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        throw new AssertionError("process " + process.pid() + " can't be killed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
