package dev.mahavishnu.cli;

import dev.mahavishnu.view.Palette;
import dev.mahavishnu.view.Tone;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** {@code doctor}: whether everything is there that a run needs. */
@Command(
    name = "doctor",
    description = "Check what runs need: Java, the disk, programs, the server, the model.",
    footer = "doctor")
final class Doctor implements Callable<Integer> {
  /** A clock before this was never set. */
  private static final Instant BUILT = Instant.parse("2026-01-01T00:00:00Z");

  private final Workbench bench;

  /**
   * What a check found.
   *
   * @param exitCode {@link ExitCode#COMPLETED} when nothing needs to be done
   */
  record Finding(Tone tone, String word, String what, int exitCode) {
    static Finding good(String what) {
      return new Finding(Tone.GOOD, "ok", what, ExitCode.COMPLETED);
    }

    static Finding note(String what) {
      return new Finding(Tone.WARN, "note", what, ExitCode.COMPLETED);
    }

    static Finding bad(int exitCode, String what) {
      return new Finding(Tone.BAD, "fail", what, exitCode);
    }
  }

  Doctor(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    Palette palette = bench.palette();
    List<Finding> findings =
        new ArrayList<>(List.of(java(), disk(), clock(), shell(), setsid(), python()));
    findings.addAll(new ServerCheck(bench).findings());
    findings.addAll(new ModelCheck(bench).findings());
    for (Finding finding : findings) {
      String word = palette.paint(finding.tone(), finding.word());
      bench.out().println(word + " ".repeat(6 - finding.word().length()) + finding.what());
    }
    return findings.stream()
        .mapToInt(Finding::exitCode)
        .filter(code -> code != ExitCode.COMPLETED)
        .findFirst()
        .orElse(ExitCode.COMPLETED);
  }

  private static Finding java() {
    String what = "java " + Runtime.version() + " in " + System.getProperty("java.home");
    return Runtime.version().feature() >= 25
        ? Finding.good(what)
        : Finding.bad(ExitCode.CONFIGURATION, what + ": 25 or newer is needed");
  }

  /** Writes where runs are stored, or would be, and forces it to disk. */
  private Finding disk() {
    Workspace workspace = bench.workspace();
    Path folder = Files.isDirectory(workspace.state()) ? workspace.state() : workspace.root();
    if (Files.exists(workspace.state()) && !Files.isDirectory(workspace.state())) {
      return Finding.bad(
          ExitCode.CONFIGURATION, workspace.state() + " is not a folder: runs are stored there");
    }
    try {
      Path file = Files.createTempFile(folder, ".doctor", "");
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        long start = System.nanoTime();
        channel.write(ByteBuffer.wrap(new byte[512]));
        channel.force(true);
        double millis = (System.nanoTime() - start) / 1e6;
        return Finding.good(
            String.format(
                Locale.ROOT, "%s can be written; a forced write took %.1f ms", folder, millis));
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      return Finding.bad(
          ExitCode.CONFIGURATION,
          folder + " can't be written (" + Reasons.of(e) + "): runs are stored there");
    }
  }

  /** A clock that was set back makes ids of new runs sort before older ones. */
  private Finding clock() {
    Instant now = bench.env().clock().instant();
    if (now.isBefore(BUILT)) {
      return Finding.bad(ExitCode.CONFIGURATION, "the clock says " + now + ": set it");
    }
    Optional<Instant> newest = newestRun();
    if (newest.isPresent() && newest.get().isAfter(now.plusSeconds(60))) {
      return Finding.bad(
          ExitCode.CONFIGURATION,
          "the clock says " + now + ", but a run was stored at " + newest.get() + ": set it");
    }
    return Finding.good("clock " + now);
  }

  private Optional<Instant> newestRun() {
    Path runs = bench.workspace().state().resolve("runs");
    if (!Files.isDirectory(runs)) {
      return Optional.empty();
    }
    try (Stream<Path> folders = Files.list(runs)) {
      return folders
          .map(folder -> folder.toFile().lastModified())
          .max(Long::compare)
          .map(Instant::ofEpochMilli);
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private Finding shell() {
    return program("sh")
        .map(path -> Finding.good("sh is " + path))
        .orElseGet(
            () -> Finding.bad(ExitCode.CONFIGURATION, "no sh on the path: shell tasks can't run"));
  }

  private Finding setsid() {
    return program("setsid")
        .map(path -> Finding.good("setsid is " + path))
        .orElseGet(
            () ->
                Finding.bad(
                    ExitCode.CONFIGURATION,
                    "no setsid on the path (Debian: util-linux): processes of tasks can't be held"
                        + " together"));
  }

  private Finding python() {
    return program("python3")
        .map(path -> Finding.good("python3 is " + path))
        .orElseGet(
            () -> Finding.note("no python3 on the path: python tasks can't run, all others can"));
  }

  private Optional<Path> program(String name) {
    String path = bench.env().variable("PATH").orElse("/usr/bin:/bin");
    return Pattern.compile(Pattern.quote(File.pathSeparator))
        .splitAsStream(path)
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder).resolve(name))
        .filter(Files::isExecutable)
        .filter(Files::isRegularFile)
        .findFirst();
  }
}
