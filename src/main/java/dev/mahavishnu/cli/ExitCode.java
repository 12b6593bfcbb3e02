package dev.mahavishnu.cli;

/** What the process says to who started it. */
public final class ExitCode {
  public static final int COMPLETED = 0;

  /** The run failed or was cancelled. */
  public static final int FAILED = 1;

  public static final int USAGE = 2;

  /** An invalid spec, or a request that was not understood. */
  public static final int INVALID = 3;

  /** An adapter or a provider is unreachable, or refused. */
  public static final int UNREACHABLE = 4;

  /** An approval is needed, or was denied. */
  public static final int APPROVAL = 5;

  /** A bug. */
  public static final int INTERNAL = 70;

  public static final int CONFIGURATION = 78;

  /** Interrupted; the run can be resumed. */
  public static final int INTERRUPTED = 130;

  private ExitCode() {}
}
