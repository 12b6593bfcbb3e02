package dev.mahavishnu.schedule;

import dev.mahavishnu.run.RunId;
import java.time.Instant;

/**
 * A run that was decided on: it is started once, under this id, whatever happens in between.
 *
 * @param cause what the run's journal has as its requester: {@code schedule:WHEN@TIME} or {@code
 *     trigger:RUN@END}
 * @param due when it should start
 */
record Intent(String cause, String flow, RunId run, Instant due) {
  private static final String SCHEDULE = "schedule:";
  private static final String TRIGGER = "trigger:";

  static String scheduled(String when, Instant due) {
    return SCHEDULE + when + "@" + due;
  }

  static String triggered(RunId ended, Instant end) {
    return TRIGGER + ended + "@" + end;
  }

  /** Whether a run with this requester is one of {@code serve}'s. */
  static boolean isCause(String requester) {
    return requester.startsWith(SCHEDULE) || requester.startsWith(TRIGGER);
  }

  boolean isTriggered() {
    return cause.startsWith(TRIGGER);
  }

  /** The run that ended. */
  RunId ended() {
    return new RunId(cause.substring(TRIGGER.length(), cause.indexOf('@')));
  }

  /** The flow with the schedule whose time this is. */
  String schedule() {
    return flow + " " + cause.substring(0, cause.lastIndexOf('@'));
  }

  /** What no two intents have alike. */
  String key() {
    return flow + " " + cause;
  }

  Intent as(RunId other) {
    return new Intent(cause, flow, other, due);
  }
}
