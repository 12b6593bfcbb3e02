package dev.mahavishnu.cli;

import dev.mahavishnu.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** The program as a person starts it: a process of its own, which may be killed. */
final class Program implements AutoCloseable {
  private static final AtomicInteger STARTED = new AtomicInteger();

  private final Process process;
  private final Path out;
  private final Path err;

  /**
   * Starts it in a folder, which is its workspace and its person's home, with nothing of this
   * machine's environment but the path.
   */
  static Program start(Path folder, Map<String, String> variables, String... args) {
    List<String> command = new ArrayList<>(ChildJvm.of(Main.class.getName()));
    command.addAll(List.of(args));
    try {
      Path said = Files.createDirectories(folder.resolve("said"));
      int number = STARTED.incrementAndGet();
      Path out = said.resolve(number + ".out");
      Path err = said.resolve(number + ".err");
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.environment().clear();
      builder.environment().put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
      builder.environment().put("LC_ALL", "C.UTF-8");
      builder.environment().put("HOME", folder.toString());
      builder.environment().putAll(variables);
      Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      process.getOutputStream().close();
      return new Program(process, out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Program(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** What it has printed so far. */
  String out() {
    return text(out);
  }

  /** What it has said so far beside that. */
  String err() {
    return text(err);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for its end; one that lasts longer fails the test. */
  CommandLineOf.Result await(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("did not end in " + limit + "; it said:\n" + out() + err());
      }
      return new CommandLineOf.Result(process.exitValue(), out(), err());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Waits until it has printed the text; one that ends without fails the test. */
  void awaitOutput(String text, Duration limit) {
    Awaitility.await("output `" + text + "`")
        .atMost(limit)
        .failFast(
            "it ended and said:\n" + out() + err(),
            () -> !process.isAlive() && !(out() + err()).contains(text))
        .until(() -> (out() + err()).contains(text));
  }

  /** As {@code kill -9} does. */
  void kill() {
    process.destroyForcibly();
    await(Duration.ofSeconds(20));
  }

  /** As Ctrl-C does, or whoever asks it to end. */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      kill();
    }
  }
}
