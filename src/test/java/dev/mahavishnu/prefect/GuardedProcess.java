package dev.mahavishnu.prefect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program and all that it starts, in a session of their own. They end when this JVM does, also
 * when it is killed.
 */
final class GuardedProcess {
  private static final int LAST_LINES = 20;

  private final Process guard;
  private final Path log;
  private final Thread atExit = new Thread(this::stop);

  /**
   * @param folder where it runs, and may write
   * @param log gets what it prints, after what is there
   * @param environment besides this JVM's, of which nothing of Prefect's is left
   */
  static GuardedProcess start(
      Path folder, Path log, Map<String, String> environment, List<String> command)
      throws IOException {
    List<String> guarded = new ArrayList<>();
    guarded.add("python3");
    guarded.add(PrefectVenv.file("/prefect/guard.py", folder).toString());
    guarded.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(guarded);
    builder.environment().keySet().removeIf(name -> name.startsWith("PREFECT_"));
    builder.environment().putAll(environment);
    return new GuardedProcess(
        builder
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start(),
        log);
  }

  private GuardedProcess(Process guard, Path log) {
    this.guard = guard;
    this.log = log;
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  boolean isAlive() {
    return guard.isAlive();
  }

  /** With no chance to clean up. */
  void kill() {
    List<ProcessHandle> all = guard.descendants().toList();
    all.forEach(ProcessHandle::destroyForcibly);
    try {
      // It ends when what it guards has.
      guard.waitFor(25, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    end();
  }

  /** In good order. */
  void end() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException _) {
      // The JVM ends, and the hook is on its way.
    }
    stop();
  }

  String lastLines() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** The guard ends what it guards when its standard input does. */
  private void stop() {
    try {
      guard.getOutputStream().close();
      if (!guard.waitFor(25, TimeUnit.SECONDS)) {
        guard.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** With all that is in it. */
  static void delete(Path folder) {
    try {
      List<Path> files = new ArrayList<>();
      try (Stream<Path> all = Files.walk(folder)) {
        all.sorted((a, b) -> b.compareTo(a)).forEach(files::add);
      }
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
