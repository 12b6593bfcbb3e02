package dev.mahavishnu.prefect;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Python environment with the pinned Prefect, made once a user and kept in {@code ~/.cache}.
 * Processes that want it at the same time make it once.
 */
final class PrefectVenv {
  private static final String CONSTRAINTS = "/prefect/constraints.txt";
  private static final long MINUTES = 10;

  /** It can't be made here; the message says why. */
  static final class Unavailable extends Exception {
    private static final long serialVersionUID = 1L;

    private Unavailable(String why) {
      super(why);
    }
  }

  private PrefectVenv() {}

  /** The folder of the environment. */
  static Path ready() throws Unavailable {
    try {
      byte[] constraints = resource(CONSTRAINTS);
      String python = output(List.of("python3", "-c", "import sys; print(sys.version)"));
      Path cache = cache();
      Path venv = cache.resolve("prefect-" + fingerprint(constraints, python));
      try (FileChannel channel =
              FileChannel.open(
                  cache.resolve("prefect.lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock _ = channel.lock()) {
        if (!Files.exists(complete(venv))) {
          make(venv, constraints);
        }
      }
      return venv;
    } catch (IOException e) {
      throw new Unavailable("no Python environment with Prefect can be made: " + e.getMessage());
    }
  }

  private static Path cache() throws IOException {
    return Files.createDirectories(
        Path.of(System.getProperty("user.home"), ".cache", "mahavishnu", "tests"));
  }

  /** Fills a folder. */
  interface Making {
    void make(Path folder) throws IOException, Unavailable;
  }

  /**
   * A folder that is made once a user, for all that want it.
   *
   * @param name says all that its content depends on
   */
  static Path once(String name, Making making) throws IOException, Unavailable {
    Path folder = cache().resolve(name);
    try (FileChannel channel =
            FileChannel.open(
                cache().resolve("once.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      if (!Files.exists(folder)) {
        Path half = cache().resolve(name + ".half");
        delete(half);
        Files.createDirectories(half);
        making.make(half);
        Files.move(half, folder);
      }
    }
    return folder;
  }

  /**
   * Has Prefect make its tables, which would take most of the first start of a server.
   *
   * @param settings say where
   */
  static void makeTables(Path venv, Map<String, String> settings) throws IOException, Unavailable {
    output(
        List.of(
            venv.resolve("bin/python").toString(),
            venv.resolve("bin/prefect").toString(),
            "server",
            "database",
            "upgrade",
            "-y"),
        settings);
  }

  /** Written last: a folder without it was left half made. */
  private static Path complete(Path venv) {
    return venv.resolve("complete");
  }

  private static void make(Path venv, byte[] constraints) throws IOException, Unavailable {
    delete(venv);
    output(List.of("python3", "-m", "venv", venv.toString()));
    Path file = venv.resolve("constraints.txt");
    Files.write(file, constraints);
    output(
        List.of(
            venv.resolve("bin/python").toString(),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--only-binary=:all:",
            "--constraint",
            file.toString(),
            "prefect"));
    Files.writeString(complete(venv), "");
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        all.sorted((a, b) -> b.compareTo(a)).forEach(path -> path.toFile().delete());
      }
    }
  }

  private static String fingerprint(byte[] constraints, String python) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(constraints);
      digest.update(python.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(), 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the command prints; it must end well, and in time. */
  static String output(List<String> command) throws IOException, Unavailable {
    return output(command, Map.of());
  }

  private static String output(List<String> command, Map<String, String> variables)
      throws IOException, Unavailable {
    Path log = Files.createTempFile("prefect-venv", ".log");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
      builder.environment().putAll(variables);
      Process process = builder.start();
      process.getOutputStream().close();
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new Unavailable(
            String.join(" ", command) + " took more than " + MINUTES + " minutes");
      }
      String printed = Files.readString(log).strip();
      if (process.exitValue() != 0) {
        String last = printed.substring(printed.lastIndexOf('\n') + 1);
        throw new Unavailable(
            String.join(" ", command) + " ended with " + process.exitValue() + ": " + last);
      }
      return printed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("interrupted");
    } finally {
      Files.delete(log);
    }
  }

  static byte[] resource(String name) {
    try (InputStream stream = PrefectVenv.class.getResourceAsStream(name)) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts a resource where a program can open it. */
  static Path file(String name, Path folder) {
    Path file = folder.resolve(Path.of(name).getFileName().toString());
    try (InputStream stream = PrefectVenv.class.getResourceAsStream(name)) {
      Files.copy(stream, file, StandardCopyOption.REPLACE_EXISTING);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
