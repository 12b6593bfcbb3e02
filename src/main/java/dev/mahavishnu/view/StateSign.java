package dev.mahavishnu.view;

import dev.mahavishnu.run.State;
import java.time.Instant;

/** The sign and tone of a state. */
public final class StateSign {
  private static final String[] FRAMES = {"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"};
  private static final String[] ASCII_FRAMES = {"|", "/", "-", "\\"};

  private StateSign() {}

  public static Tone tone(State state) {
    return switch (state) {
      case State.Completed c -> c.how() == State.Completed.How.SKIPPED ? Tone.QUIET : Tone.GOOD;
      case State.Failed f -> f.how() == State.Failed.How.UPSTREAM ? Tone.QUIET : Tone.BAD;
      case State.Crashed _ -> Tone.BAD;
      case State.Cancelled _, State.Cancelling _, State.Paused _ -> Tone.WARN;
      case State.Scheduled s ->
          s.why() == State.Scheduled.Why.AWAITING_RETRY ? Tone.WARN : Tone.QUIET;
      case State.Running r -> r.retrying() ? Tone.WARN : Tone.ACTIVE;
      case State.Pending _ -> Tone.QUIET;
    };
  }

  /** One cell; that of a running state turns with {@code now}. */
  public static String of(State state, Palette palette, Instant now) {
    return switch (state) {
      case State.Completed c ->
          c.how() == State.Completed.How.SKIPPED ? palette.sign("∅", "-") : palette.sign("✓", "+");
      case State.Failed _ -> palette.sign("✗", "x");
      case State.Crashed _ -> "!";
      case State.Cancelled _ -> palette.sign("⊘", "%");
      case State.Cancelling _ -> palette.sign("◌", "%");
      case State.Paused _ -> palette.sign("‖", "=");
      case State.Scheduled s ->
          s.why() == State.Scheduled.Why.AWAITING_RETRY
              ? palette.sign("↻", "~")
              : palette.sign("○", ".");
      case State.Pending _ -> palette.sign("○", ".");
      case State.Running _ -> frame(palette, now);
    };
  }

  private static String frame(Palette palette, Instant now) {
    String[] frames = palette.unicode() ? FRAMES : ASCII_FRAMES;
    return frames[(int) Math.floorMod(now.toEpochMilli() / 100, (long) frames.length)];
  }
}
