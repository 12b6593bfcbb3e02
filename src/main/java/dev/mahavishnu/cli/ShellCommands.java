package dev.mahavishnu.cli;

import dev.mahavishnu.engine.Look;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.shell.Commands;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;

/**
 * The command tree for the shell. Each command has a workbench of its own, so that many may run.
 */
final class ShellCommands implements Commands {
  private final Workbench bench;

  ShellCommands(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Reading read(List<String> words) {
    CommandLine tree = Cli.tree(bench.child(), Set.copyOf(words));
    try {
      CommandLine.ParseResult parsed = tree.parseArgs(words.toArray(String[]::new));
      return reading(parsed);
    } catch (CommandLine.ParameterException e) {
      CommandLine at = e.getCommandLine();
      String message = Errors.message(e);
      return CommandTree.isCommand(at)
          ? new Reading.Wrong(message + " (see " + typed(at) + " --help)")
          : new Reading.Unknown(hint(at, words));
    }
  }

  private static Reading reading(CommandLine.ParseResult parsed) {
    CommandLine.ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    CommandLine at = last.commandSpec().commandLine();
    if (CommandTree.isCommand(at) || last.isUsageHelpRequested() || last.isVersionHelpRequested()) {
      return new Reading.Whole();
    }
    List<String> path = CommandTree.path(at);
    return path.isEmpty()
        ? new Reading.Unknown("")
        : new Reading.Wrong("say what to do: " + String.join(", ", CommandTree.next(path)));
  }

  private static String hint(CommandLine at, List<String> words) {
    List<String> path = CommandTree.path(at);
    return words.stream()
        .skip(path.size())
        .findFirst()
        .flatMap(word -> Hints.nearest(word, CommandTree.next(path)))
        .map(near -> "did you mean `" + (String.join(" ", path) + " " + near).strip() + "`?")
        .orElse("");
  }

  private static String typed(CommandLine at) {
    return String.join(" ", CommandTree.path(at));
  }

  @Override
  public int run(List<String> words) {
    try (Workbench child = bench.child()) {
      return Cli.run(words, child);
    }
  }

  @Override
  public Optional<RunId> debugged() {
    return bench.debugged();
  }

  @Override
  public void debugNoMore() {
    bench.debugsNoMore();
  }

  @Override
  public List<String> shell(RunId run, String task, Path scratch) {
    Look look = bench.child().engine().debugger().look(run, Optional.empty());
    return TaskShell.command(bench.env(), look, Debugged.task(task, look), scratch);
  }

  @Override
  public List<Candidate> complete(List<String> words, String begun) {
    if (!words.isEmpty() && !next(List.of()).contains(words.getFirst())) {
      return List.of();
    }
    Workbench child = bench.child();
    // With all that a first word may be, or with what these words lead to.
    CommandLine tree =
        words.isEmpty() ? CommandTree.whole(child) : CommandTree.build(child, Set.copyOf(words));
    return new Completion(tree, new Names(child)).of(words, begun);
  }

  @Override
  public List<String> next(List<String> path) {
    return CommandTree.next(path);
  }
}
