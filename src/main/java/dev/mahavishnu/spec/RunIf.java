package dev.mahavishnu.spec;

import java.util.Locale;

/** When a task runs, given how the tasks it depends on ended: Airflow's trigger rules. */
public enum RunIf {
  ALL_SUCCESS,
  ALL_FAILED,
  ALL_DONE,
  ALL_DONE_MIN_ONE_SUCCESS,
  ALL_SKIPPED,
  ONE_FAILED,
  ONE_SUCCESS,
  ONE_DONE,
  NONE_FAILED,
  NONE_FAILED_MIN_ONE_SUCCESS,
  NONE_SKIPPED,
  ALWAYS;

  /** The name in a spec: {@code one_failed}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
