package dev.mahavishnu.shell;

import dev.mahavishnu.ChildJvm;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jline.terminal.Size;
import org.jline.utils.ScreenTerminal;

/**
 * The program in a terminal of its own, which util-linux's {@code script} makes, and its screen.
 */
final class Pty implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int COLUMNS = 100;
  private static final int ROWS = 30;

  private final Process process;
  private final OutputStream keys;
  private final ScreenTerminal screen;
  private final StringBuilder raw = new StringBuilder();
  private final Thread reader;

  private Pty(Process process, int columns, int rows) {
    this.screen = new ScreenTerminal(columns, rows);
    this.process = process;
    this.keys = process.getOutputStream();
    this.reader = Thread.ofVirtual().start(this::read);
  }

  /** Whether this machine can make terminals. */
  static boolean isThere() {
    try {
      Process probe =
          new ProcessBuilder("script", "-qfec", "stty size", "/dev/null")
              .redirectErrorStream(true)
              .start();
      probe.getOutputStream().close();
      probe.getInputStream().readAllBytes();
      return probe.waitFor() == 0;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Where and how a program is started. */
  record Start(Path folder, Path home, int columns, int rows, Map<String, String> variables) {
    Start(Path folder, Path home) {
      this(folder, home, COLUMNS, ROWS, Map.of());
    }

    Start with(String name, String value) {
      Map<String, String> more = new java.util.HashMap<>(variables);
      more.put(name, value);
      return new Start(folder, home, columns, rows, more);
    }

    /** Zeros: the terminal does not know how large it is. */
    Start sized(int width, int height) {
      return new Start(folder, home, width, height, variables);
    }

    /** Starts Mahavishnu. */
    Pty run(String... args) {
      return main("dev.mahavishnu.cli.Main", args);
    }

    /** Starts another program that is on this class path. */
    Pty main(String name, String... args) {
      List<String> words = new ArrayList<>(ChildJvm.of(name));
      words.add(1, "-Duser.home=" + home);
      words.addAll(List.of(args));
      String line =
          "stty cols "
              + columns
              + " rows "
              + rows
              + "; exec "
              + words.stream().map(w -> "'" + w + "'").collect(Collectors.joining(" "));
      ProcessBuilder builder =
          new ProcessBuilder("script", "-qfec", line, "/dev/null")
              .directory(folder.toFile())
              .redirectErrorStream(true);
      Map<String, String> environment = builder.environment();
      environment.keySet().removeIf(n -> n.startsWith("MAHAVISHNU") || n.startsWith("XDG"));
      environment.remove("NO_COLOR");
      environment.put("HOME", home.toString());
      environment.put("TERM", "xterm-256color");
      environment.put("LC_ALL", "C.UTF-8");
      environment.put("SHELL", "/bin/sh");
      environment.putAll(variables);
      try {
        return new Pty(builder.start(), columns == 0 ? 80 : columns, rows == 0 ? 24 : rows);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void read() {
    char[] buffer = new char[8192];
    try (InputStreamReader in =
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        synchronized (raw) {
          raw.append(buffer, 0, n);
        }
        screen.write(new String(buffer, 0, n));
      }
    } catch (IOException e) {
      // The terminal is gone.
    }
  }

  Pty type(String text) {
    try {
      keys.write(text.getBytes(StandardCharsets.UTF_8));
      keys.flush();
    } catch (IOException e) {
      throw new AssertionError("the terminal is gone; it showed:\n" + all(), e);
    }
    return this;
  }

  Pty enter(String line) {
    return type(line + "\r");
  }

  Pty interrupt() {
    return type("\u0003");
  }

  /** Waits until what is on the screen, and what scrolled off it, holds the pattern. */
  Pty await(String pattern) {
    Pattern wanted = Pattern.compile(pattern, Pattern.DOTALL);
    try {
      Awaitility.await()
          .pollInterval(Duration.ofMillis(20))
          .atMost(PATIENCE)
          .until(() -> wanted.matcher(all()).find());
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("never showed " + pattern + ", but:\n" + all(), e);
    }
    return this;
  }

  /** Waits until the screen holds the pattern now, whatever scrolled off. */
  Pty awaitScreen(String pattern) {
    Pattern wanted = Pattern.compile(pattern, Pattern.DOTALL);
    try {
      Awaitility.await()
          .pollInterval(Duration.ofMillis(20))
          .atMost(PATIENCE)
          .until(() -> wanted.matcher(screen()).find());
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("never showed " + pattern + ", but:\n" + screen(), e);
    }
    return this;
  }

  /** What is on the screen; blanks at the ends of lines are dropped. */
  String screen() {
    synchronized (screen) {
      return tidy(screen.toString());
    }
  }

  /** The same, after what scrolled off it. */
  String all() {
    synchronized (screen) {
      List<String> lines = new ArrayList<>();
      for (long[] line : screen.getHistory()) {
        StringBuilder text = new StringBuilder();
        Arrays.stream(line)
            .mapToInt(ScreenTerminal::cellCodePoint)
            .filter(c -> c != 0)
            .forEach(text::appendCodePoint);
        lines.add(text.toString());
      }
      return tidy(String.join("\n", lines) + "\n" + screen);
    }
  }

  private static String tidy(String text) {
    return text.lines().map(String::stripTrailing).collect(Collectors.joining("\n")).strip();
  }

  /** Waits until the characters that came, colours and all, hold the pattern. */
  Pty awaitRaw(String pattern) {
    Pattern wanted = Pattern.compile(pattern, Pattern.DOTALL);
    try {
      Awaitility.await()
          .pollInterval(Duration.ofMillis(20))
          .atMost(PATIENCE)
          .until(() -> wanted.matcher(raw()).find());
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(
          "never came " + pattern + ", but:\n" + raw().replace("\u001b", "ESC"), e);
    }
    return this;
  }

  /** Every character that came. */
  String raw() {
    synchronized (raw) {
      return raw.toString();
    }
  }

  /** Makes the window another size. */
  Pty resize(int columns, int rows) {
    try {
      Path tty = Files.readSymbolicLink(Path.of("/proc/" + pid() + "/fd/0"));
      screen.setSize(Size.of(columns, rows));
      int code =
          new ProcessBuilder("stty", "cols", "" + columns, "rows", "" + rows)
              .redirectInput(tty.toFile())
              .start()
              .waitFor();
      if (code != 0) {
        throw new AssertionError("stty ended with " + code);
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The process id of the program itself. */
  long pid() {
    return Awaitility.await().atMost(PATIENCE).until(this::program, p -> p > 0);
  }

  private long program() {
    return process
        .descendants()
        .filter(p -> p.info().command().filter(c -> c.endsWith("/java")).isPresent())
        .mapToLong(ProcessHandle::pid)
        .findFirst()
        .orElse(-1);
  }

  /** The window goes away; the program is told by a hang-up, and has no terminal any more. */
  void closeWindow() {
    process.destroyForcibly();
  }

  int exitCode() {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("does not end; it shows:\n" + all());
      }
      reader.join();
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    all.forEach(ProcessHandle::destroyForcibly);
  }

  /** A script that appends its name to a log, then takes its time. */
  static void script(Path folder, String name, String rest) throws IOException {
    Path file = folder.resolve(name + ".sh");
    Files.writeString(file, "#!/bin/sh\necho " + name + " >> log\n" + rest + "\n");
    Files.setPosixFilePermissions(
        file, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
