package dev.mahavishnu.spec;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as specs write them: {@code 250ms}, {@code 10s}, {@code 5m}, {@code 2h}, {@code 1h30m}.
 */
public final class Durations {
  /** Largest first, each unit once; also valid in JSON Schema. */
  static final String PATTERN =
      "^(?=[0-9])([0-9]{1,6}d)?([0-9]{1,6}h)?([0-9]{1,6}m(?!s))?([0-9]{1,7}s)?([0-9]{1,9}ms)?$";

  private static final Pattern FORM = Pattern.compile(PATTERN);
  private static final String[] UNITS = {"d", "h", "m", "s", "ms"};
  private static final long[] MILLIS = {86_400_000, 3_600_000, 60_000, 1_000, 1};

  /** Most of each unit, as the pattern has it. */
  private static final long[] MOST = {999_999, 999_999, 999_999, 9_999_999, 999_999_999};

  private Durations() {}

  /** Whether {@link #parse} takes the text. */
  public static boolean isDuration(String text) {
    return FORM.matcher(text).matches();
  }

  /**
   * Reads a duration.
   *
   * @throws IllegalArgumentException when the text is none; the message is one line for people
   */
  public static Duration parse(String text) {
    Matcher match = FORM.matcher(text);
    if (!match.matches()) {
      throw new IllegalArgumentException(
          "`" + text + "` is not a duration; write it as 250ms, 10s, 5m, 2h, 1d or 1h30m");
    }
    long millis = 0;
    for (int i = 0; i < UNITS.length; i++) {
      String part = match.group(i + 1);
      if (part != null) {
        millis += Long.parseLong(part.substring(0, part.length() - UNITS[i].length())) * MILLIS[i];
      }
    }
    return Duration.ofMillis(millis);
  }

  /**
   * Writes a duration, cut to whole milliseconds, so that {@link #parse} gives it back.
   *
   * @throws IllegalArgumentException when it is negative, or so long that no spec can hold it
   */
  public static String print(Duration duration) {
    long left = duration.toMillis();
    if (left < 0) {
      throw new IllegalArgumentException("negative: " + duration);
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < UNITS.length; i++) {
      long count = Math.min(left / MILLIS[i], MOST[i]);
      if (count > 0) {
        text.append(count).append(UNITS[i]);
        left -= count * MILLIS[i];
      }
    }
    if (left > 0) {
      throw new IllegalArgumentException("too long: " + duration);
    }
    return text.isEmpty() ? "0s" : text.toString();
  }
}
