package dev.mahavishnu.prefect;

import java.util.Optional;

/**
 * Something can't be done on Prefect; the message is one line for people, with what to do where
 * that is known. It never holds a secret of ours.
 */
public final class PrefectException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Optional<Fault> fault;

  /** Nothing that a server did. */
  public PrefectException(String message) {
    super(message);
    this.fault = Optional.empty();
  }

  /**
   * @param call what was tried
   */
  PrefectException(String call, Fault fault) {
    super("prefect: " + call + ": " + fault.what());
    this.fault = Optional.of(fault);
  }

  /** What went wrong with a call; absent when none was made. */
  public Optional<Fault> fault() {
    return fault;
  }
}
