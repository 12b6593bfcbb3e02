package dev.mahavishnu.spec;

import java.util.Locale;

/** What a resume does with a task that was in flight when its process died. */
public enum OnCrash {
  /** Run it again, with the same idempotency key. */
  RETRY,
  /** Count it as failed. */
  FAIL,
  /** Ask a person: the task waits as an approval does. */
  ASK;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
