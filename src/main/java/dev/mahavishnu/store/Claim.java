package dev.mahavishnu.store;

/** What asking for a run's lock gives. */
public sealed interface Claim {
  /** This process executes the run until the journal is closed. */
  record Mine(RunJournal journal) implements Claim {}

  /**
   * Another process executes it, or this one does already.
   *
   * @param pid -1 when the holder has not said yet
   * @param host empty when the holder has not said yet
   */
  record Held(long pid, String host) implements Claim {}

  /** There is no such run. */
  record Missing() implements Claim {}
}
