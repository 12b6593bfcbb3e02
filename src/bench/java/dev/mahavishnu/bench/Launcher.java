package dev.mahavishnu.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** How long a person waits for a command to start, beside an empty JVM. */
final class Launcher {
  private static final int ROUNDS = 15;

  private Launcher() {}

  static List<Row> measure(Path scratch) throws Exception {
    Path log = scratch.resolve("launcher.log");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String mahavishnu = Path.of("mahavishnu").toAbsolutePath().toString();
    // The first start builds and trains.
    run(log, mahavishnu, "--version");
    Times empty = Times.of(ROUNDS, () -> run(log, java, "-version"));
    Times version = Times.of(ROUNDS, () -> run(log, mahavishnu, "--version"));
    return List.of(
        new Row("java -version", empty, empty.median(), ""),
        new Row("./mahavishnu --version", version, empty.median(), "250 ms"));
  }

  private static void run(Path log, String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    process.getOutputStream().close();
    int code = process.waitFor();
    if (code != 0) {
      throw new IOException(String.join(" ", command) + " ended with " + code + ", see " + log);
    }
  }
}
