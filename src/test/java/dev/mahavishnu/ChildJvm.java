package dev.mahavishnu;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * How a test starts the program, or another main class of its class path, in a JVM of its own.
 * There are hundreds of such starts, so they are made from jars, with an archive of the loaded
 * classes, which takes a third less of a start than the folders of a build. Both are made once a
 * build, beside those folders.
 */
public final class ChildJvm {
  private static final String MAIN = "dev.mahavishnu.cli.Main";
  private static final String TESTS = "test-classes";
  private static final List<String> OPTIONS =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC");

  /** What an archive learns from. */
  private static final String SESSION =
      """
      run "echo hello" as hello
      run
      workflow list
      run list
      """;

  private final String program;
  private final Optional<String> tests;
  private final Optional<Path> archive;

  private static final class Holder {
    static final ChildJvm MADE = make();
  }

  private ChildJvm(String program, Optional<String> tests, Optional<Path> archive) {
    this.program = program;
    this.tests = tests;
    this.archive = archive;
  }

  /** The program, up to where its arguments begin. */
  public static List<String> program() {
    return Holder.MADE.command(Holder.MADE.program, MAIN);
  }

  /** A main class of the tests or the program, up to where its arguments begin. */
  public static List<String> of(String main) {
    return Holder.MADE.command(Holder.MADE.all(), main);
  }

  private String all() {
    return tests.map(t -> program + File.pathSeparator + t).orElse(program);
  }

  private List<String> command(String classPath, String main) {
    List<String> words = new ArrayList<>(List.of(java()));
    words.addAll(OPTIONS);
    archive.ifPresent(
        file -> words.addAll(List.of("-XX:SharedArchiveFile=" + file, "-Xlog:cds*=off")));
    words.addAll(List.of("-cp", classPath, main));
    return words;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static ChildJvm make() {
    List<String> program = new ArrayList<>();
    List<String> libraries = new ArrayList<>();
    Optional<String> tests = Optional.empty();
    Optional<Path> kept = Optional.empty();
    try {
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
        Path path = Path.of(entry);
        if (!Files.isDirectory(path)) {
          libraries.add(entry);
          continue;
        }
        Path folder = Files.createDirectories(path.resolveSibling("children"));
        kept = kept.or(() -> Optional.of(folder));
        String jar = alone(folder, () -> jar(path, folder)).toString();
        if (path.endsWith(TESTS)) {
          tests = Optional.of(jar);
        } else {
          program.add(jar);
        }
      }
      program.addAll(libraries);
      // An archive fits a class path that begins as its own, so the tests come last.
      String classPath = String.join(File.pathSeparator, program);
      Optional<Path> archive =
          kept.isEmpty()
              ? Optional.empty()
              : alone(kept.get(), keptArchive(kept.get(), classPath, program.getFirst()));
      return new ChildJvm(classPath, tests, archive);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Making<T> {
    T make() throws IOException;
  }

  /** While no other JVM of the tests does the same. */
  private static <T> T alone(Path folder, Making<T> making) throws IOException {
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      return making.make();
    }
  }

  private static Path jar(Path classes, Path folder) throws IOException {
    Path jar = folder.resolve(classes.getFileName() + ".jar");
    List<Path> files;
    try (Stream<Path> all = Files.walk(classes)) {
      files = all.toList();
    }
    if (Files.exists(jar) && !newest(files).isAfter(modified(jar))) {
      return jar;
    }
    Path half = folder.resolve(classes.getFileName() + ".half");
    ToolProvider tool = ToolProvider.findFirst("jar").orElseThrow();
    int code =
        tool.run(
            System.out,
            System.err,
            "--create",
            "--no-compress",
            "--file",
            half.toString(),
            "-C",
            classes.toString(),
            ".");
    if (code != 0) {
      throw new IOException("jar ended with " + code);
    }
    return Files.move(half, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Instant newest(List<Path> files) throws IOException {
    Instant newest = Instant.EPOCH;
    for (Path file : files) {
      Instant at = modified(file);
      newest = at.isAfter(newest) ? at : newest;
    }
    return newest;
  }

  private static Instant modified(Path file) throws IOException {
    return Files.getLastModifiedTime(file).toInstant();
  }

  private static Making<Optional<Path>> keptArchive(Path folder, String classPath, String jar) {
    return () -> {
      Path archive =
          folder.resolve("program-" + Integer.toHexString(classPath.hashCode()) + ".jsa");
      return Files.exists(archive) && !modified(Path.of(jar)).isAfter(modified(archive))
          ? Optional.of(archive)
          : archive(folder, archive, classPath);
    };
  }

  /** Empty, and a line that says so, where none can be made: then starts take longer. */
  private static Optional<Path> archive(Path folder, Path archive, String classPath)
      throws IOException {
    Path place = Files.createTempDirectory("mahavishnu-archive");
    Path half = folder.resolve("program.half");
    Path said = folder.resolve("archive.log");
    Path session = Files.writeString(place.resolve("session"), SESSION);
    List<String> command = new ArrayList<>(List.of(java()));
    command.addAll(OPTIONS);
    command.addAll(List.of("-XX:ArchiveClassesAtExit=" + half, "-cp", classPath, MAIN, "--yes"));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(place.toFile())
            .redirectInput(session.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
    builder.environment().put("HOME", place.toString());
    try {
      if (builder.start().waitFor() != 0 || !Files.exists(half)) {
        System.err.println("no archive for the tests' programs: " + said);
        return Optional.empty();
      }
      return Optional.of(Files.move(half, archive, StandardCopyOption.REPLACE_EXISTING));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      List<Path> left;
      try (Stream<Path> all = Files.walk(place)) {
        left = all.sorted((a, b) -> b.compareTo(a)).toList();
      }
      for (Path file : left) {
        Files.delete(file);
      }
    }
  }
}
