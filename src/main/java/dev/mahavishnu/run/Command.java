package dev.mahavishnu.run;

import java.util.Optional;

/** What a person asks of a run, from any process. */
public sealed interface Command {
  /** Who asked, for the record. */
  String who();

  /** Stop for good. */
  record Cancel(String who) implements Command {}

  /** Start nothing new; what runs goes on. */
  record Pause(String who) implements Command {}

  /** Go on after a pause. */
  record Resume(String who) implements Command {}

  /** Stop now, resumable: what a Ctrl-C does. */
  record Suspend(String who) implements Command {}

  /**
   * Answers an approval task.
   *
   * @param task text of its {@link TaskKey}; absent: the one that waits
   */
  record Approve(String who, Optional<String> task, String note) implements Command {}

  /** Answers an approval task with no. */
  record Deny(String who, Optional<String> task, String note) implements Command {}
}
