package dev.mahavishnu.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The way in. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Env env =
        new Env(
            System.in,
            System.out,
            System.err,
            variables(),
            Path.of("").toAbsolutePath(),
            ProcessScreen.of(),
            new SignalInterrupts(),
            Clock.systemUTC());
    // A thread that dies of a bug leaves a report, and never a stack trace on the terminal.
    Thread.setDefaultUncaughtExceptionHandler(
        (_, e) -> new Errors(new Workbench(env), List.of(args)).broken(e));
    System.exit(Cli.run(List.of(args), env));
  }

  private static Map<String, String> variables() {
    Map<String, String> variables = new HashMap<>(System.getenv());
    // Not every process is started by a login, but each belongs to somebody.
    variables.putIfAbsent("USER", System.getProperty("user.name", ""));
    return variables;
  }
}
