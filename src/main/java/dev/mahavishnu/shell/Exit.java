package dev.mahavishnu.shell;

/** What a statement, or a whole script, says to who started it: the program's exit codes. */
final class Exit {
  static final int COMPLETED = 0;

  /** The run failed or was cancelled, or there is a fault in the program. */
  static final int FAILED = 1;

  static final int USAGE = 2;

  /** An invalid flow, or a request that was not understood. */
  static final int INVALID = 3;

  /** A provider is unreachable, or refused. */
  static final int UNREACHABLE = 4;

  /** Somebody must agree first. */
  static final int APPROVAL = 5;

  /** Ctrl-C: nothing of the script follows. */
  static final int INTERRUPTED = 130;

  private Exit() {}
}
