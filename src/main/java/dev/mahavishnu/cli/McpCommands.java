package dev.mahavishnu.cli;

import dev.mahavishnu.shell.LineOutput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Runs command lines for a client of {@code mcp serve}: what they print goes to their caller. */
final class McpCommands {
  private final Workbench bench;

  /**
   * @param bench that of the server; its own streams are never used
   */
  McpCommands(Workbench bench) {
    this.bench = bench;
  }

  /**
   * What a command did.
   *
   * @param out lines of standard output
   * @param err lines of standard error
   */
  record Did(int code, List<String> out, List<String> err) {
    Did {
      out = List.copyOf(out);
      err = List.copyOf(err);
    }

    boolean isGood() {
      return code == ExitCode.COMPLETED;
    }

    String text() {
      return String.join("\n", out);
    }

    /** What it complained of. */
    String complaint() {
      String said =
          err.stream()
              .map(line -> line.startsWith(SIGN) ? line.substring(SIGN.length()) : line)
              .collect(Collectors.joining("\n"));
      return said.isBlank() ? text() : said;
    }

    private static final String SIGN = "mahavishnu: ";
  }

  /** Runs a command line to its end. */
  Did run(List<String> words) {
    return run(words, "");
  }

  /**
   * Runs a command line to its end.
   *
   * @param input what it reads where it reads standard input
   */
  Did run(List<String> words, String input) {
    List<String> out = new ArrayList<>();
    return run(words, input, Interrupts.NONE, out::add).with(out);
  }

  /**
   * A command whose output was told line by line.
   *
   * @param err lines of standard error
   */
  record Over(int code, List<String> err) {
    Over {
      err = List.copyOf(err);
    }

    Did with(List<String> out) {
      return new Did(code, out, err);
    }
  }

  /**
   * As the other one, and tells each line while the command runs.
   *
   * @param line gets the lines of standard output, without their ends
   */
  Over run(List<String> words, String input, Interrupts interrupts, Consumer<String> line) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    OutputStream out = new LineOutput(lines -> lines.lines().forEach(line));
    int code;
    try (PrintStream printed = stream(out);
        PrintStream said = stream(err);
        Workbench child = bench.in(env(input, printed, said, interrupts))) {
      code = Cli.run(words, child);
    }
    return new Over(code, err.toString(StandardCharsets.UTF_8).lines().toList());
  }

  /** A workbench for something that is no command. */
  Workbench bench(OutputStream err, Interrupts interrupts) {
    PrintStream nowhere = stream(OutputStream.nullOutputStream());
    return bench.in(env("", nowhere, stream(err), interrupts));
  }

  private static PrintStream stream(OutputStream to) {
    return new PrintStream(to, false, StandardCharsets.UTF_8);
  }

  private Env env(String input, PrintStream out, PrintStream err, Interrupts interrupts) {
    Env env = bench.env();
    return new Env(
        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
        out,
        err,
        env.variables(),
        env.cwd(),
        Screen.NONE,
        interrupts,
        env.clock());
  }
}
