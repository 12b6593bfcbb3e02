package dev.mahavishnu.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;

/** Runs one command line. */
public final class Cli {
  /** Columns of help. */
  private static final int WIDEST = 100;

  private Cli() {}

  /** Runs a command line in a process as {@code env} describes it. Gives an {@link ExitCode}. */
  public static int run(List<String> args, Env env) {
    try (Workbench bench = new Workbench(env)) {
      try {
        return run(args, bench);
      } catch (Error e) {
        // Out of memory, or deeper than the stack: a line for the person even then.
        return new Errors(bench, args).broken(e);
      }
    }
  }

  /** Runs a command line with what is already made; the workbench stays open. */
  static int run(List<String> args, Workbench bench) {
    Errors errors = new Errors(bench, args);
    CommandLine tree =
        tree(bench, Set.copyOf(args))
            .setExecutionStrategy(parsed -> execute(parsed, bench, args))
            .setParameterExceptionHandler((e, _) -> errors.usage(e))
            .setExecutionExceptionHandler((e, _, _) -> errors.failure(e));
    return tree.execute(args.toArray(String[]::new));
  }

  /** The tree for a command line of these words. */
  static CommandLine tree(Workbench bench, Set<String> words) {
    return CommandTree.build(bench, words)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(writer(bench.out()))
        .setErr(writer(bench.err()))
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
        .setUsageHelpWidth(WIDEST);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, stream.charset());
  }

  private static int execute(CommandLine.ParseResult parsed, Workbench bench, List<String> args) {
    Root root = (Root) parsed.commandSpec().userObject();
    CommandLine.ParseResult last = last(parsed);
    Globals globals = root.globals();
    if (last.commandSpec().userObject() instanceof RunFork fork) {
      globals = fork.take(globals);
    }
    bench.use(globals, args);
    boolean help = last.isUsageHelpRequested();
    if (help) {
      Examples.show(last.commandSpec(), bench);
      last.commandSpec().usageMessage().width(Math.clamp(bench.width(), 60, WIDEST));
    }
    boolean paged = help || (last.commandSpec().userObject() instanceof Paged p && p.isPaged());
    Optional<Pager> pager = paged ? Pager.of(bench) : Optional.empty();
    return pager.isEmpty()
        ? new CommandLine.RunLast().execute(parsed)
        : pager
            .get()
            .around(
                () -> {
                  last.commandSpec().commandLine().setOut(writer(bench.out()));
                  return new CommandLine.RunLast().execute(parsed);
                });
  }

  private static CommandLine.ParseResult last(CommandLine.ParseResult parsed) {
    CommandLine.ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    return last;
  }
}
