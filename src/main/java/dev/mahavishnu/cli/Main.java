package dev.mahavishnu.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** The way in. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Env env =
        new Env(
            System.in,
            System.out,
            System.err,
            System.getenv(),
            Path.of("").toAbsolutePath(),
            ProcessScreen.of(),
            new SignalInterrupts(),
            Clock.systemUTC());
    System.exit(Cli.run(List.of(args), env));
  }
}
