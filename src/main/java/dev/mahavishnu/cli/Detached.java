package dev.mahavishnu.cli;

import dev.mahavishnu.run.RunId;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** The same command in a process of its own, which outlives this one and its terminal. */
final class Detached {
  /** Names the file in which the process writes the id of its run, once it exists. */
  static final String OPTION = "--detached-announce";

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final Workbench bench;
  private final OutputFormat format;

  Detached(Workbench bench, OutputFormat format) {
    this.bench = bench;
    this.format = format;
  }

  /** Starts it and waits until its run exists; gives the exit code. */
  int start() {
    try {
      Path folder = Files.createDirectories(bench.workspace().createState().resolve("log"));
      String time = NAME.format(bench.env().clock().instant());
      Path log = Files.createTempFile(folder, "detached-" + time + "-", ".log");
      Path announce = log.resolveSibling(log.getFileName() + ".run");
      Process process = process(command(announce), log);
      Optional<RunId> run = await(process, announce);
      return run.isPresent() ? tell(run.get(), log) : failed(process, log);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.INTERNAL, "no process of its own could be started: " + Reasons.of(e));
    }
  }

  private Process process(List<String> command, Path log) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(bench.env().cwd().toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
            .redirectOutput(log.toFile())
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(bench.env().variables());
    return builder.start();
  }

  /** This process's own command line in a session of its own. */
  private List<String> command(Path announce) {
    List<String> command = new ArrayList<>(List.of("setsid"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // What suits a short command does not suit a run, and nobody debugs it through this one's port.
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(a -> !a.startsWith("-XX:TieredStopAtLevel") && !a.startsWith("-agentlib"))
        .filter(a -> !a.startsWith("-javaagent"))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    if (bench.words().stream().noneMatch(w -> w.startsWith("-C"))) {
      command.addAll(List.of("-C", bench.workspace().root().toString()));
    }
    bench.words().stream().filter(w -> !w.equals("--no-wait")).forEach(command::add);
    command.add(OPTION + "=" + announce);
    return command;
  }

  private static Optional<RunId> await(Process process, Path announce) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (System.nanoTime() < end) {
        boolean over = process.waitFor(20, TimeUnit.MILLISECONDS);
        if (Files.exists(announce)) {
          RunId run = new RunId(Files.readString(announce));
          Files.delete(announce);
          return Optional.of(run);
        }
        if (over) {
          return Optional.empty();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }

  private int tell(RunId run, Path log) {
    if (format == OutputFormat.JSON) {
      JsonMapper mapper = new JsonMapper();
      bench
          .out()
          .println(
              mapper.writeValueAsString(
                  mapper.createObjectNode().put("type", "started").put("run", run.text())));
    } else {
      bench.out().println(run);
    }
    bench.err().println("watch it with: " + bench.commandLine("run watch " + run));
    bench.err().println("its output: " + Workspace.shown(log, bench.env().cwd()));
    return ExitCode.COMPLETED;
  }

  private int failed(Process process, Path log) throws IOException {
    if (process.isAlive()) {
      throw new CommandFailure(
          ExitCode.INTERNAL,
          "process "
              + process.pid()
              + " was started, but has not begun a run within "
              + PATIENCE.toSeconds()
              + " s; what it says is in "
              + log);
    }
    try (Stream<String> lines = Files.lines(log)) {
      lines.forEach(bench.err()::println);
    }
    Files.delete(log);
    return process.exitValue();
  }
}
