package dev.mahavishnu.run;

/**
 * A moment in the life of a task run at which a run can stand.
 *
 * @param attempt from 1; 0 after a task of which nothing was attempted
 */
public record Stop(TaskKey task, int attempt, Breakpoint.Moment moment) {
  /** {@code before load}, {@code before load, attempt 2}, {@code load failed}. */
  public String text() {
    String which = attempt > 1 ? task + ", attempt " + attempt : task.text();
    return switch (moment) {
      case BEFORE -> "before " + which;
      case AFTER -> "after " + which;
      case FAILED -> attempt > 1 ? task + " failed, attempt " + attempt : task + " failed";
    };
  }
}
