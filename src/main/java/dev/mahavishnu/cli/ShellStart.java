package dev.mahavishnu.cli;

import dev.mahavishnu.shell.Beginning;
import dev.mahavishnu.shell.Interactive;
import dev.mahavishnu.shell.Script;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/** Starts the shell: at a terminal, or for statements from somewhere else. */
final class ShellStart {
  private final Workbench bench;
  private final boolean yes;
  private final boolean keepGoing;

  /**
   * @param yes whether what a script runs may run
   * @param keepGoing whether a statement that fails lets the next ones go on
   */
  ShellStart(Workbench bench, boolean yes, boolean keepGoing) {
    this.bench = bench;
    this.yes = yes;
    this.keepGoing = keepGoing;
  }

  /** What is typed after {@code -c}. */
  int text(String text) {
    return script("-c", text.lines().iterator(), Script.Streams.ALL);
  }

  /** A file of statements. */
  int file(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(bench.env().cwd().resolve(file));
    } catch (IOException e) {
      throw CommandFailure.usage("-f " + file + ": " + Reasons.of(e));
    }
    return script(file.toString(), lines.iterator(), Script.Streams.ALL);
  }

  /**
   * A terminal if there is one, else what comes through standard input.
   *
   * @param beginning of the shell at the terminal
   * @param settings whether the person's own statements are done first there
   */
  int open(Beginning beginning, boolean settings) {
    Env env = bench.env();
    if (env.screen().stdin() && env.screen().stdout()) {
      bench.keep();
      return Interactive.run(
          surface -> new ShellPlace(SurfaceEnv.bench(bench, surface)),
          bench.palette(),
          env.variables(),
          env.clock(),
          beginning,
          settings);
    }
    if (!(beginning instanceof Beginning.Fresh)) {
      throw CommandFailure.usage("--continue and --resume are for the shell at a terminal");
    }
    if (env.screen().stdin()) {
      throw CommandFailure.usage(
          "the shell needs a terminal for what it shows; say what to do with a command or -c TEXT");
    }
    Iterator<String> lines =
        new BufferedReader(new InputStreamReader(env.stdin(), StandardCharsets.UTF_8))
            .lines()
            .iterator();
    return script("<stdin>", lines, Script.Streams.OUTPUT);
  }

  private int script(String name, Iterator<String> lines, Script.Streams streams) {
    bench.keep();
    return new Script(name, lines, yes, keepGoing, streams)
        .run(new ShellPlace(bench), bench.out(), bench.err());
  }
}
