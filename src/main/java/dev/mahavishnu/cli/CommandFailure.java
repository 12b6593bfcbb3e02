package dev.mahavishnu.cli;

/**
 * A command can't do what it was asked, for a reason that the person can do something about. The
 * message is what they read: what is wrong, and what to do.
 */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int exitCode;

  public CommandFailure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  public int exitCode() {
    return exitCode;
  }

  static CommandFailure usage(String message) {
    return new CommandFailure(ExitCode.USAGE, message);
  }

  static CommandFailure configuration(String message) {
    return new CommandFailure(ExitCode.CONFIGURATION, message);
  }

  static CommandFailure unreachable(String message) {
    return new CommandFailure(ExitCode.UNREACHABLE, message);
  }
}
