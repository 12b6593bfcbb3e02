package dev.mahavishnu.schedule;

import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.State;
import java.time.Duration;
import java.time.Instant;

/** What {@code serve} has to tell, in the order in which it happens. */
public sealed interface News {
  /**
   * A run began.
   *
   * @param cause its requester
   * @param due when it should have begun
   */
  record Started(RunId run, String flow, String cause, Instant due) implements News {}

  /** A run that a process before this one left is gone on with. */
  record Resumed(RunId run, String flow) implements News {}

  /** This process no longer drives a run: it ended, or waits for somebody. */
  record Ended(RunId run, String flow, State state, Duration took) implements News {}

  /** A run that was due does not start; one line says why. */
  record NotStarted(String flow, String cause, String why) implements News {}

  /** Missed times of a schedule that do not run. */
  record Skipped(String flow, long times, Instant last, Missed missed) implements News {}

  /** Something else that people should know. */
  record Note(String text) implements News {}
}
