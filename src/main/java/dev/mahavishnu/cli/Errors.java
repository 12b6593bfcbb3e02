package dev.mahavishnu.cli;

import dev.mahavishnu.engine.EngineException;
import dev.mahavishnu.prefect.PrefectException;
import dev.mahavishnu.prefect.deploy.BundleException;
import dev.mahavishnu.store.StoreException;
import dev.mahavishnu.view.Cells;
import dev.mahavishnu.view.ProblemView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/**
 * The one way in which something that went wrong reaches a person: one line that says what and what
 * to do, never a stack trace.
 */
final class Errors {
  private final Workbench bench;
  private final List<String> args;

  Errors(Workbench bench, List<String> args) {
    this.bench = bench;
    this.args = List.copyOf(args);
  }

  /** A command line that can't be understood. */
  int usage(CommandLine.ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    say(message(e) + " (see " + command + " --help)");
    return ExitCode.USAGE;
  }

  /** What is wrong with a command line, without where to read more. */
  static String message(CommandLine.ParameterException e) {
    return e instanceof CommandLine.UnmatchedArgumentException unmatched
        ? unknown(unmatched)
        : String.valueOf(e.getMessage());
  }

  private static String unknown(CommandLine.UnmatchedArgumentException e) {
    String word = e.getUnmatched().getFirst();
    CommandLine command = e.getCommandLine();
    List<String> known = new ArrayList<>();
    if (word.startsWith("-")) {
      command.getCommandSpec().optionsMap().keySet().forEach(known::add);
    } else {
      known.addAll(CommandTree.next(CommandTree.path(command)));
    }
    String kind = word.startsWith("-") ? "option" : known.isEmpty() ? "argument" : "command";
    return "unknown " + kind + " `" + word + "`" + Hints.like(word, known);
  }

  /** What a command threw. */
  int failure(Exception e) {
    if (e instanceof InvalidFlow invalid) {
      new ProblemView(bench.errorPalette())
          .lines(invalid.problems(), invalid.text(), 200)
          .forEach(bench.err()::println);
    }
    Said said = said(e);
    say(said.message());
    return said.exitCode();
  }

  /**
   * What an exception means to a person.
   *
   * @param message one line
   */
  record Said(int exitCode, String message) {}

  /** What it means; of a bug a report is written. */
  Said said(Exception e) {
    String message = String.valueOf(e.getMessage());
    return switch (e) {
      case CommandFailure f -> new Said(f.exitCode(), message);
      case InvalidFlow f -> new Said(ExitCode.INVALID, problems(f.problems().size()));
      case EngineException _, PrefectException _ -> new Said(ExitCode.UNREACHABLE, message);
      case BundleException _ -> new Said(ExitCode.INVALID, message);
      case StoreException _ -> new Said(ExitCode.INTERNAL, message);
      default -> new Said(ExitCode.INTERNAL, bug(e));
    };
  }

  /** A bug that is no exception of a command. */
  int broken(Throwable e) {
    say(bug(e));
    return ExitCode.INTERNAL;
  }

  private static String problems(int count) {
    return "the flow has " + count + (count == 1 ? " problem" : " problems");
  }

  private String bug(Throwable e) {
    Optional<Path> file = CrashReport.write(e, args, logFolder(), bench.env().clock().instant());
    return "internal error ("
        + e.getClass().getSimpleName()
        + "); "
        + file.map(f -> "please report it with " + Workspace.shown(f, bench.env().cwd()))
            .orElse("it could be written nowhere");
  }

  private Path logFolder() {
    try {
      Workspace workspace = bench.workspace();
      return java.nio.file.Files.isDirectory(workspace.state())
          ? workspace.state().resolve("log")
          : temporary();
    } catch (CommandFailure _) {
      return temporary();
    }
  }

  private static Path temporary() {
    return Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
  }

  private void say(String message) {
    bench.err().println("mahavishnu: " + Cells.clean(message));
    bench.err().flush();
  }
}
