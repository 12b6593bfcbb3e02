package dev.mahavishnu.run;

import java.util.List;
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

  /** Go on so far, then stop as at a breakpoint. */
  record Step(String who, Stride stride) implements Command {}

  /** Have these breakpoints and no others; the run neither stops nor goes on by that. */
  record Break(String who, List<Breakpoint> breakpoints) implements Command {
    public Break {
      breakpoints = List.copyOf(breakpoints);
    }
  }

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
