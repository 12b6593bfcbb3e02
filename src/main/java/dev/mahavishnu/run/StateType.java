package dev.mahavishnu.run;

/** Prefect's state types. */
public enum StateType {
  SCHEDULED,
  PENDING,
  RUNNING,
  COMPLETED,
  FAILED,
  CANCELLED,
  CRASHED,
  PAUSED,
  CANCELLING;

  /** Whether nothing happens after it by itself. */
  public boolean isFinal() {
    return this == COMPLETED || this == FAILED || this == CANCELLED || this == CRASHED;
  }
}
