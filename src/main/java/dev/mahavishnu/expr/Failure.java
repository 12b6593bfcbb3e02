package dev.mahavishnu.expr;

import java.util.function.Supplier;

/** An evaluation can't go on. Caught where {@code &&} and {@code ||} may still decide. */
final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;
  static final int UNPLACED = -1;
  private final int at;
  private final boolean fatal;
  private final transient Supplier<String> message;

  private Failure(Supplier<String> message, int at, boolean fatal) {
    // A loop may meet and absorb thousands of these: no stack trace, and no text until it is asked.
    super(null, null, false, false);
    this.message = message;
    this.at = at;
    this.fatal = fatal;
  }

  static Failure of(String message) {
    return new Failure(() -> message, UNPLACED, false);
  }

  static Failure of(Supplier<String> message, int at) {
    return new Failure(message, at, false);
  }

  /** One that nothing absorbs: a limit is reached. */
  static Failure limit(String message) {
    return new Failure(() -> message, UNPLACED, true);
  }

  int at() {
    return at;
  }

  boolean fatal() {
    return fatal;
  }

  String text() {
    return message.get();
  }

  /** The same, placed here unless it already has a place. */
  Failure at(int place) {
    return at == UNPLACED ? new Failure(message, place, fatal) : this;
  }
}
