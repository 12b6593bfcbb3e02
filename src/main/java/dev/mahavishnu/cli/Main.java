package dev.mahavishnu.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The way in. */
@Command(
    name = "mahavishnu",
    mixinStandardHelpOptions = true,
    version = "mahavishnu 0.1.0-SNAPSHOT",
    description = "A conversational workflow shell.")
public final class Main implements Runnable {
  private Main() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }
}
