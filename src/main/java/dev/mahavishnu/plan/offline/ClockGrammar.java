package dev.mahavishnu.plan.offline;

import dev.mahavishnu.plan.offline.ScheduleText.Clock;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code 06:00}, {@code 6am}, {@code 6:30 pm}, {@code noon}. */
final class ClockGrammar {
  private static final Pattern TIME = Pattern.compile("([0-9]{1,2})(?::([0-9]{2}))?(am|pm)?");

  private final Cursor cursor;

  ClockGrammar(Cursor cursor) {
    this.cursor = cursor;
  }

  Optional<Clock> clock() {
    Clock unknown = new Clock(0, 0, false, cursor.peek().span());
    return cursor.one("a time", unknown, () -> cursor.attempt(this::read));
  }

  private Optional<Clock> read() {
    int start = cursor.position();
    Matcher match = TIME.matcher(cursor.peek().word());
    if (cursor.peek().word().equals("noon") || cursor.peek().word().equals("midnight")) {
      int hour = cursor.peek().word().equals("noon") ? 12 : 0;
      return cursor.take("a time", _ -> true).map(t -> new Clock(hour, 0, false, t.span()));
    }
    if (!match.matches()) {
      cursor.fail(start, "a time");
      return Optional.empty();
    }
    cursor.take("a time", _ -> true);
    String half = match.group(3) == null ? half() : match.group(3);
    int hour = Integer.parseInt(match.group(1));
    int minute = match.group(2) == null ? 0 : Integer.parseInt(match.group(2));
    boolean bare = match.group(2) == null && half.isEmpty();
    boolean right = half.isEmpty() ? hour < 24 : hour >= 1 && hour <= 12;
    if (!right || minute > 59) {
      cursor.fail(start, "a time");
      return Optional.empty();
    }
    Span span = cursor.since(start);
    return Optional.of(
        half.isEmpty()
            ? new Clock(hour, minute, bare && hour >= 1 && hour <= 12, span)
            : new Clock(hour % 12 + (half.equals("pm") ? 12 : 0), minute, false, span));
  }

  private String half() {
    if (cursor.skip("am")) {
      return "am";
    }
    return cursor.skip("pm") ? "pm" : "";
  }
}
