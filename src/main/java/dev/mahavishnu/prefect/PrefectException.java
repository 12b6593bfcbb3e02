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

  private PrefectException(Fault fault, String message) {
    super(message);
    this.fault = Optional.of(fault);
  }

  /** The same fault, said in the words of who knows what it means here. */
  public PrefectException saying(String message) {
    return fault.map(f -> new PrefectException(f, message)).orElse(new PrefectException(message));
  }

  /** What went wrong in a few words, without which call it was. */
  public String why() {
    return fault.map(Fault::what).orElseGet(() -> String.valueOf(getMessage()));
  }

  /** What went wrong with a call; absent when none was made. */
  public Optional<Fault> fault() {
    return fault;
  }
}
