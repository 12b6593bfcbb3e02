package dev.mahavishnu.cli;

import dev.mahavishnu.run.RunId;
import dev.mahavishnu.spec.FlowSource;
import dev.mahavishnu.spec.FlowWriter;
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
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

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
    List<String> words = new ArrayList<>(bench.words());
    words.remove("--no-wait");
    return tell(start(words));
  }

  /**
   * Runs a flow that stands in no file, or stands there otherwise.
   *
   * @param parameters all of them
   * @param adapter where it runs
   */
  int start(FlowSource source, ObjectNode parameters, String adapter) {
    try {
      Path flow = Files.createTempFile(folder(), "flow-", ".json");
      Path values = Files.createTempFile(folder(), "parameters-", ".json");
      Files.writeString(flow, FlowWriter.json(source.flow()));
      Files.writeString(values, parameters.toString());
      List<String> words = new ArrayList<>(List.of("workflow", "trigger", "--adapter", adapter));
      words.addAll(List.of("--file", flow.toString(), "--params-file", values.toString()));
      words.addAll(List.of(FlowChoice.FOLDER, source.folder().toString()));
      Outcome outcome = start(words);
      Files.delete(flow);
      Files.delete(values);
      return tell(outcome);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** What became of it. */
  private sealed interface Outcome {}

  private record Started(RunId run) implements Outcome {}

  private record Ended(int exitCode, List<String> lines) implements Outcome {}

  private static CommandFailure broken(IOException e) {
    return new CommandFailure(
        ExitCode.INTERNAL, "no process of its own could be started: " + Reasons.of(e));
  }

  private Path folder() throws IOException {
    return Files.createDirectories(bench.workspace().createState().resolve("log"));
  }

  private Outcome start(List<String> words) {
    try {
      String time = NAME.format(bench.env().clock().instant());
      Path log = Files.createTempFile(folder(), "detached-" + time + "-", ".log");
      Path announce = log.resolveSibling(log.getFileName() + ".run");
      Process process = process(command(words, announce), log);
      Optional<RunId> run = await(process, announce);
      run.ifPresent(id -> keepBeside(id, log));
      return run.isPresent() ? new Started(run.get()) : ended(process, log);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** What it prints belongs to the run, and goes with it. */
  private void keepBeside(RunId run, Path log) {
    try {
      Files.move(
          log, bench.store().folder().resolve("runs").resolve(run.text()).resolve("detached.log"));
    } catch (IOException _) {
      // It stays where it is.
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
    // Started by a task, it is meant to outlive it, and not to be ended as one of its processes.
    builder.environment().remove("MAHAVISHNU_ATTEMPT");
    return builder.start();
  }

  /** This process's own command line in a session of its own. */
  private List<String> command(List<String> words, Path announce) {
    List<String> command = new ArrayList<>(List.of("setsid"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // What suits a short command does not suit a run, and nobody debugs it through this one's port.
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(a -> !a.startsWith("-XX:TieredStopAtLevel") && !a.startsWith("-agentlib"))
        .filter(a -> !a.startsWith("-javaagent"))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    if (words.stream().noneMatch(w -> w.startsWith("-C"))) {
      command.addAll(List.of("-C", bench.workspace().root().toString()));
    }
    command.addAll(words);
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

  private int tell(Outcome outcome) {
    return switch (outcome) {
      case Started started -> tell(started.run());
      case Ended ended -> {
        ended.lines().forEach(bench.err()::println);
        yield ended.exitCode();
      }
    };
  }

  private int tell(RunId id) {
    bench.kept().detached(id);
    String run = id.text();
    bench.began(id);
    if (format == OutputFormat.JSON) {
      JsonMapper mapper = new JsonMapper();
      String line =
          mapper.writeValueAsString(
              mapper.createObjectNode().put("type", "started").put("run", run));
      bench.out().println(line);
    } else {
      bench.out().println(run);
    }
    bench.err().println("watch it with: " + bench.commandLine("run watch " + run));
    return ExitCode.COMPLETED;
  }

  private static Ended ended(Process process, Path log) throws IOException {
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
    List<String> lines = Files.readAllLines(log);
    Files.delete(log);
    return new Ended(process.exitValue(), lines);
  }
}
