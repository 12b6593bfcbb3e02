package dev.mahavishnu.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Command lines given in a folder, with nothing of this machine's environment but its path. */
final class CommandLineOf {
  private final Path folder;
  private final Map<String, String> variables = new TreeMap<>();
  private final AtomicInteger given = new AtomicInteger();
  private Screen screen = Screen.NONE;
  private String typed = "";
  private Interrupts interrupts = Interrupts.NONE;

  /** What a command line gave. */
  record Result(int code, String out, String err) {
    List<String> lines() {
      return out.lines().toList();
    }
  }

  CommandLineOf(Path folder) {
    this.folder = folder;
    variables.put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
    variables.put("LC_ALL", "C.UTF-8");
    variables.put("HOME", folder.resolve("home").toString());
  }

  CommandLineOf with(String variable, String value) {
    variables.put(variable, value);
    return this;
  }

  CommandLineOf with(Interrupts signals) {
    interrupts = signals;
    return this;
  }

  CommandLineOf at(Screen other) {
    screen = other;
    return this;
  }

  /** What comes through standard input from now on. */
  CommandLineOf typing(String text) {
    typed = text;
    return this;
  }

  Result run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = Cli.run(List.of(args), env(out, err));
    return new Result(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  Env env(ByteArrayOutputStream out, ByteArrayOutputStream err) {
    InputStream in = new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8));
    return new Env(
        in,
        new PrintStream(out, false, StandardCharsets.UTF_8),
        new PrintStream(err, false, StandardCharsets.UTF_8),
        variables,
        folder,
        screen,
        interrupts,
        // Ids of runs have seconds: runs of one test are as far apart as those of a person.
        Clock.offset(Clock.systemUTC(), Duration.ofSeconds(given.getAndIncrement())));
  }
}
