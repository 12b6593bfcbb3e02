package dev.mahavishnu.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How long a person waits for a command to start, beside an empty JVM. */
final class Launcher {
  private static final int ROUNDS = 15;
  private static final String MAHAVISHNU = Path.of("mahavishnu").toAbsolutePath().toString();

  private Launcher() {}

  static List<Row> measure(Path scratch) throws Exception {
    Path log = scratch.resolve("launcher.log");
    Path folder = Files.createDirectory(scratch.resolve("prompt"));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    // The first start builds and trains.
    run(log, MAHAVISHNU, "--version");
    Times empty = Times.of(ROUNDS, () -> run(log, java, "-version"));
    Times version = Times.of(ROUNDS, () -> run(log, MAHAVISHNU, "--version"));
    Times validate =
        Times.of(ROUNDS, () -> run(log, MAHAVISHNU, "workflow", "validate", "etl_pipeline"));
    List<Double> memory = new ArrayList<>();
    Times prompt = Times.of(ROUNDS, () -> memory.add(prompt(folder)));
    double most = memory.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    return List.of(
        new Row("java -version", empty, empty.median(), ""),
        new Row("./mahavishnu --version", version, empty.median(), "250 ms"),
        new Row("./mahavishnu workflow validate", validate, empty.median(), "600 ms"),
        new Row(
            "./mahavishnu to the prompt, and out",
            prompt,
            empty.median(),
            "400 ms and 150 MB; held %.0f MB at most".formatted(most)));
  }

  /** Starts the shell in a terminal, waits for its prompt, and leaves; its memory in MB. */
  private static double prompt(Path folder) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
                "timeout",
                "20",
                "script",
                "-qfec",
                "stty cols 100 rows 24; exec " + MAHAVISHNU,
                "/dev/null")
            .directory(folder.toFile())
            .redirectErrorStream(true);
    // Without colours the prompt is one piece of text.
    builder.environment().putAll(Map.of("NO_COLOR", "1", "TERM", "xterm-256color"));
    Process process = builder.start();
    InputStream screen = process.getInputStream();
    StringBuilder seen = new StringBuilder();
    byte[] bytes = new byte[4096];
    while (seen.indexOf("mahavishnu>") < 0) {
      int n = screen.read(bytes);
      if (n < 0) {
        throw new IOException("no prompt but: " + seen);
      }
      seen.append(new String(bytes, 0, n, StandardCharsets.UTF_8));
    }
    double held = process.descendants().mapToDouble(Launcher::held).max().orElse(0);
    process.getOutputStream().write(4);
    process.getOutputStream().flush();
    screen.transferTo(java.io.OutputStream.nullOutputStream());
    process.waitFor();
    return held;
  }

  /** The most memory that a process has held, in MB. */
  private static double held(ProcessHandle process) {
    try {
      Optional<String> line =
          Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
              .filter(l -> l.startsWith("VmHWM:"))
              .findFirst();
      return line.map(l -> Double.parseDouble(l.replaceAll("[^0-9]", "")) / 1000).orElse(0.0);
    } catch (IOException e) {
      return 0;
    }
  }

  static void run(Path log, String... command) throws IOException, InterruptedException {
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
