package dev.mahavishnu.run;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which task run: {@code load}, {@code load[3]} for an item of a mapped task, {@code etl/load[3]}
 * inside the subflow that task {@code etl} runs.
 *
 * @param scope empty for the flow itself, else the text of the key of the subflow's task
 * @param index of the item, or -1 for the task as a whole
 */
public record TaskKey(String scope, String task, int index) {
  private static final Pattern FORM = Pattern.compile("(?:(.*)/)?([^/\\[\\]]+)(?:\\[(\\d{1,9})])?");

  public static TaskKey of(String scope, String task) {
    return new TaskKey(scope, task, -1);
  }

  /** The reverse of {@link #text}. */
  public static TaskKey parse(String text) {
    Matcher match = FORM.matcher(text);
    if (!match.matches()) {
      throw new IllegalArgumentException("not a task: " + text);
    }
    return new TaskKey(
        match.group(1) == null ? "" : match.group(1),
        match.group(2),
        match.group(3) == null ? -1 : Integer.parseInt(match.group(3)));
  }

  public TaskKey item(int item) {
    return new TaskKey(scope, task, item);
  }

  /** The whole task that this item belongs to. */
  public TaskKey whole() {
    return index < 0 ? this : new TaskKey(scope, task, -1);
  }

  /** Id of the flow's own task that it belongs to: of {@code etl[2]/load} it is {@code etl}. */
  public String top() {
    String text = text();
    int end = 0;
    while (end < text.length() && text.charAt(end) != '/' && text.charAt(end) != '[') {
      end++;
    }
    return text.substring(0, end);
  }

  /** Whether it is this task run, an item of it, or a task of its subflow. */
  public boolean isIn(TaskKey other) {
    String all = other.text();
    String own = text();
    return own.equals(all)
        || (own.startsWith(all)
            && (own.charAt(all.length()) == '/' || own.charAt(all.length()) == '['));
  }

  public boolean isItem() {
    return index >= 0;
  }

  public String text() {
    String local = index < 0 ? task : task + "[" + index + "]";
    return scope.isEmpty() ? local : scope + "/" + local;
  }

  @Override
  public String toString() {
    return text();
  }
}
