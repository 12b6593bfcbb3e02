package dev.mahavishnu.run;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a run stops so that a person can look: {@code load}, {@code load:after}, {@code *:failed},
 * {@code load if attempt > 1}.
 *
 * @param task text of a {@link TaskKey}, or {@code *} for every whole task
 * @param condition an expression; absent: always
 */
public record Breakpoint(String task, Moment moment, Optional<String> condition) {
  /** Every whole task. */
  public static final String EVERY = "*";

  private static final Pattern FORM =
      Pattern.compile("(\\S+?)(?::(before|after|failed))?(?:\\s+if\\s+(.+))?", Pattern.DOTALL);

  /** When in the life of a task run. */
  public enum Moment {
    /** When it could start; before its inputs are evaluated. */
    BEFORE,
    /** When it has ended, however; before anything that waits for it is decided. */
    AFTER,
    /** When it has failed for good; before anything that waits for it is decided. */
    FAILED;

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The reverse of {@link #text}.
   *
   * @throws IllegalArgumentException when it is none; the message says why
   */
  public static Breakpoint parse(String text) {
    Matcher match = FORM.matcher(text.strip());
    if (!match.matches()) {
      throw new IllegalArgumentException(
          "a breakpoint is TASK, TASK:after, TASK:failed or *:failed, and may end with `if"
              + " EXPRESSION`: "
              + text);
    }
    String task = match.group(1);
    if (!task.equals(EVERY)) {
      String unused = TaskKey.parse(task).text();
      assert unused.equals(task);
    }
    return new Breakpoint(
        task,
        Optional.ofNullable(match.group(2))
            .map(m -> Moment.valueOf(m.toUpperCase(Locale.ROOT)))
            .orElse(Moment.BEFORE),
        Optional.ofNullable(match.group(3)).map(String::strip));
  }

  /**
   * Whether it is about this moment, its condition aside. One of a mapped task is about the task as
   * a whole, but stops at the first of its items that fails.
   */
  public boolean covers(Stop stop) {
    if (moment != stop.moment()) {
      return false;
    }
    TaskKey key = moment == Moment.FAILED ? stop.task().whole() : stop.task();
    return task.equals(key.text())
        || task.equals(stop.task().text())
        || (task.equals(EVERY) && (moment == Moment.FAILED || !stop.task().isItem()));
  }

  public String text() {
    String at = moment == Moment.BEFORE ? task : task + ":" + moment.text();
    return condition.map(c -> at + " if " + c).orElse(at);
  }

  @Override
  public String toString() {
    return text();
  }
}
