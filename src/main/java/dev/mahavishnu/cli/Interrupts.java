package dev.mahavishnu.cli;

/** What happens when somebody presses Ctrl-C or ends the process politely. */
public interface Interrupts {
  /** Nothing is ever interrupted. */
  Interrupts NONE = _ -> () -> {};

  /**
   * Calls {@code first} at the first interruption from now on; a second one ends the process at
   * once.
   */
  Registration onInterrupt(Runnable first);

  /**
   * Calls {@code first} where the process is ended politely, in place of what {@link #onInterrupt}
   * says; where it can't be told apart, that stays.
   */
  default Registration onTerminate(Runnable first) {
    return () -> {};
  }

  /** Closing it brings back what was before. */
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
