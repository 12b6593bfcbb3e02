package dev.mahavishnu.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * All that a command knows of the process it runs in.
 *
 * @param cwd absolute
 */
public record Env(
    InputStream stdin,
    PrintStream stdout,
    PrintStream stderr,
    Map<String, String> variables,
    Path cwd,
    Screen screen,
    Interrupts interrupts,
    Clock clock) {

  public Env {
    variables = Map.copyOf(variables);
  }

  /** Streams that are no terminals, and no signals. */
  public Env(
      InputStream stdin,
      PrintStream stdout,
      PrintStream stderr,
      Map<String, String> variables,
      Path cwd) {
    this(stdin, stdout, stderr, variables, cwd, Screen.NONE, Interrupts.NONE, Clock.systemUTC());
  }

  Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
  }
}
