package dev.mahavishnu.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;

/** Runs one command line. */
public final class Cli {
  private Cli() {}

  /** Runs a command line in a process as {@code env} describes it. Gives an {@link ExitCode}. */
  public static int run(List<String> args, Env env) {
    try (Workbench bench = new Workbench(env)) {
      return run(args, bench);
    }
  }

  /** Runs a command line with what is already made; the workbench stays open. */
  public static int run(List<String> args, Workbench bench) {
    CommandLine tree = CommandTree.build(bench, Set.copyOf(args));
    Errors errors = new Errors(bench, args);
    tree.setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(writer(bench.out()))
        .setErr(writer(bench.err()))
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
        .setUsageHelpWidth(100)
        .setExecutionStrategy(parsed -> execute(parsed, bench, args))
        .setParameterExceptionHandler((e, _) -> errors.usage(e))
        .setExecutionExceptionHandler((e, _, _) -> errors.failure(e));
    return tree.execute(args.toArray(String[]::new));
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, stream.charset());
  }

  private static int execute(CommandLine.ParseResult parsed, Workbench bench, List<String> args) {
    Root root = (Root) parsed.commandSpec().userObject();
    bench.use(root.globals(), args);
    return new CommandLine.RunLast().execute(parsed);
  }
}
