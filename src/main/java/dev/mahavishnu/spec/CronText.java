package dev.mahavishnu.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Checks a cron expression of five fields, as Unix has them. */
final class CronText {
  private static final String EXAMPLE =
      "write it as 0 6 * * 1-5: minute, hour, day, month, weekday";
  private static final List<String> MONTHS =
      List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
  private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
  private static final List<Unit> UNITS =
      List.of(
          new Unit("minute", 0, 59, List.of()),
          new Unit("hour", 0, 23, List.of()),
          new Unit("day of month", 1, 31, List.of()),
          new Unit("month", 1, 12, MONTHS),
          new Unit("day of week", 0, 7, DAYS));

  private record Unit(String name, int min, int max, List<String> names) {}

  private CronText() {}

  /** What is wrong with it. */
  static List<ExpressionChecker.Fault> faults(String text) {
    List<ExpressionChecker.Fault> faults = new ArrayList<>();
    int field = 0;
    for (int at = 0; at < text.length(); ) {
      if (Character.isWhitespace(text.charAt(at))) {
        at++;
        continue;
      }
      int end = at;
      while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
        end++;
      }
      if (field < UNITS.size()) {
        int start = at;
        fault(text.substring(at, end), UNITS.get(field))
            .ifPresent(wrong -> faults.add(new ExpressionChecker.Fault(start, wrong, "")));
      }
      field++;
      at = end;
    }
    if (field == UNITS.size()) {
      return faults;
    }
    String message = "a cron expression has five fields, this one " + field;
    return List.of(new ExpressionChecker.Fault(0, message, EXAMPLE));
  }

  private static Optional<String> fault(String field, Unit unit) {
    for (String part : field.split(",", -1)) {
      String[] step = part.split("/", -1);
      boolean bad = step.length > 2 || (step.length == 2 && number(step[1], 1, unit.max) < 0);
      String[] range = step[0].split("-", -1);
      if (!bad && !step[0].equals("*")) {
        int from = number(range[0], unit);
        int to = range.length == 2 ? number(range[1], unit) : from;
        bad = range.length > 2 || from < 0 || to < from;
      }
      if (bad) {
        return Optional.of(
            "`"
                + part
                + "` is no "
                + unit.name
                + ", which goes from "
                + unit.min
                + " to "
                + unit.max);
      }
    }
    return Optional.empty();
  }

  private static int number(String text, Unit unit) {
    int name = unit.names.indexOf(text.toUpperCase(Locale.ROOT));
    return name >= 0 ? name + unit.min : number(text, unit.min, unit.max);
  }

  /** The number, or -1. */
  private static int number(String text, int min, int max) {
    boolean digits =
        !text.isEmpty() && text.length() < 4 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    int number = digits ? Integer.parseInt(text) : -1;
    return number >= min && number <= max ? number : -1;
  }
}
