package dev.mahavishnu.cli;

import dev.mahavishnu.engine.EngineException;
import dev.mahavishnu.prefect.PrefectException;
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
    String message =
        e instanceof CommandLine.UnmatchedArgumentException unmatched
            ? unknown(unmatched)
            : e.getMessage();
    say(message + " (see " + command + " --help)");
    return ExitCode.USAGE;
  }

  private static String unknown(CommandLine.UnmatchedArgumentException e) {
    String word = e.getUnmatched().getFirst();
    CommandLine command = e.getCommandLine();
    List<String> known = new ArrayList<>();
    if (word.startsWith("-")) {
      command.getCommandSpec().optionsMap().keySet().forEach(known::add);
    } else {
      known.addAll(CommandTree.next(path(command)));
    }
    String kind = word.startsWith("-") ? "option" : known.isEmpty() ? "argument" : "command";
    return "unknown " + kind + " `" + word + "`" + Hints.like(word, known);
  }

  private static List<String> path(CommandLine command) {
    List<String> words = List.of(command.getCommandSpec().qualifiedName().split(" "));
    return words.subList(1, words.size());
  }

  /** What a command threw. */
  int failure(Exception e) {
    return switch (e) {
      case CommandFailure f -> tell(f.exitCode(), String.valueOf(f.getMessage()));
      case InvalidFlow f -> invalid(f);
      case EngineException f -> tell(ExitCode.UNREACHABLE, String.valueOf(f.getMessage()));
      case StoreException f -> tell(ExitCode.INTERNAL, String.valueOf(f.getMessage()));
      case PrefectException f -> tell(ExitCode.UNREACHABLE, String.valueOf(f.getMessage()));
      default -> bug(e);
    };
  }

  private int invalid(InvalidFlow e) {
    new ProblemView(bench.errorPalette())
        .lines(e.problems(), e.text(), 200)
        .forEach(bench.err()::println);
    int n = e.problems().size();
    return tell(ExitCode.INVALID, "the flow has " + n + (n == 1 ? " problem" : " problems"));
  }

  private int tell(int code, String message) {
    say(message);
    return code;
  }

  /** A bug: a short line, and the rest in a file. */
  int bug(Throwable e) {
    Path folder = logFolder();
    Optional<Path> file = CrashReport.write(e, args, folder, bench.env().clock().instant());
    say(
        "internal error ("
            + e.getClass().getSimpleName()
            + "); "
            + file.map(f -> "please report it with " + Workspace.shown(f, bench.env().cwd()))
                .orElse("it could be written nowhere"));
    return ExitCode.INTERNAL;
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
