package dev.mahavishnu.run;

import java.time.Instant;
import java.util.Optional;

/**
 * The state of a flow run or task run. Type and name are derived, so that a name that does not
 * belong to a type can't be written. Names are Prefect's where Prefect has one.
 */
public sealed interface State {
  StateType type();

  /** The name people see: {@code Retrying} is a name of RUNNING. */
  String name();

  /** Why, in one line; may be empty. */
  default String message() {
    return "";
  }

  default boolean isFinal() {
    return type().isFinal();
  }

  /** Waiting for a time, or to be taken up again; {@code message} says why it is not running. */
  record Scheduled(Why why, Optional<Instant> until, String message) implements State {
    /** What it waits for. */
    public enum Why {
      SCHEDULED("Scheduled"),
      LATE("Late"),
      AWAITING_RETRY("AwaitingRetry");
      private final String text;

      Why(String text) {
        this.text = text;
      }
    }

    @Override
    public StateType type() {
      return StateType.SCHEDULED;
    }

    @Override
    public String name() {
      return why.text;
    }
  }

  /** Chosen to run, not yet running. */
  record Pending() implements State {
    @Override
    public StateType type() {
      return StateType.PENDING;
    }

    @Override
    public String name() {
      return "Pending";
    }
  }

  /** Running; {@code retrying} after a failed attempt. */
  record Running(boolean retrying) implements State {
    @Override
    public StateType type() {
      return StateType.RUNNING;
    }

    @Override
    public String name() {
      return retrying ? "Retrying" : "Running";
    }
  }

  /** Ended well. */
  record Completed(How how, String message) implements State {
    /** What made it complete. */
    public enum How {
      DONE("Completed"),
      CACHED("Cached"),
      SKIPPED("Skipped");
      private final String text;

      How(String text) {
        this.text = text;
      }
    }

    public static final Completed DONE = new Completed(How.DONE, "");

    @Override
    public StateType type() {
      return StateType.COMPLETED;
    }

    @Override
    public String name() {
      return how.text;
    }
  }

  /** Ended badly. */
  record Failed(How how, String message) implements State {
    /** What made it fail. */
    public enum How {
      ERROR("Failed"),
      TIMED_OUT("TimedOut"),
      /** It did not run, because of how the tasks it depends on ended. */
      UPSTREAM("UpstreamFailed");
      private final String text;

      How(String text) {
        this.text = text;
      }
    }

    @Override
    public StateType type() {
      return StateType.FAILED;
    }

    @Override
    public String name() {
      return how.text;
    }
  }

  /** Stopped for good by a person; nothing of it runs any more. */
  record Cancelled(String message) implements State {
    @Override
    public StateType type() {
      return StateType.CANCELLED;
    }

    @Override
    public String name() {
      return "Cancelled";
    }
  }

  /** Its infrastructure went away; a crashed flow run can be resumed. */
  record Crashed(String message) implements State {
    @Override
    public StateType type() {
      return StateType.CRASHED;
    }

    @Override
    public String name() {
      return "Crashed";
    }
  }

  /** Waiting for a person. */
  record Paused(Why why, String message) implements State {
    /** Whether a process still holds it. */
    public enum Why {
      PAUSED("Paused"),
      /** Stopped by Ctrl-C or a signal, resumable. */
      SUSPENDED("Suspended");
      private final String text;

      Why(String text) {
        this.text = text;
      }
    }

    @Override
    public StateType type() {
      return StateType.PAUSED;
    }

    @Override
    public String name() {
      return why.text;
    }
  }

  /** Being stopped: its processes are being killed. */
  record Cancelling(String message) implements State {
    @Override
    public StateType type() {
      return StateType.CANCELLING;
    }

    @Override
    public String name() {
      return "Cancelling";
    }
  }
}
