package dev.mahavishnu.schedule;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The times of a cron expression of five fields. Where both days are restricted, either is enough
 * ({@code dayOr}) or both must fit; a field that allows all values restricts nothing, however it is
 * written.
 */
record CronTimes(
    BitSet minutes, BitSet hours, BitSet days, BitSet months, BitSet weekdays, boolean dayOr)
    implements LocalTimes.Wall {
  private static final List<String> MONTHS =
      List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
  private static final List<String> WEEKDAYS =
      List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

  /** The calendar repeats after 400 years; a rare day with a weekday comes within 40. */
  private static final int MOST_YEARS = 50;

  static CronTimes of(String text, boolean dayOr) {
    String[] fields = text.strip().split("\\s+");
    if (fields.length != 5) {
      throw new IllegalArgumentException("`" + text + "` is not a cron expression of five fields");
    }
    BitSet weekdays = field(fields[4], 0, 7, WEEKDAYS);
    if (weekdays.get(7)) {
      weekdays.set(0);
      weekdays.clear(7);
    }
    return new CronTimes(
        field(fields[0], 0, 59, List.of()),
        field(fields[1], 0, 23, List.of()),
        field(fields[2], 1, 31, List.of()),
        field(fields[3], 1, 12, MONTHS),
        weekdays,
        dayOr);
  }

  private static BitSet field(String text, int min, int max, List<String> names) {
    BitSet values = new BitSet();
    for (String part : text.split(",", -1)) {
      String[] step = part.split("/", 2);
      String[] range = step[0].split("-", 2);
      int from = range[0].equals("*") ? min : number(range[0], min, names);
      // With a step, a single number is where it starts.
      int open = range[0].equals("*") || step.length == 2 ? max : from;
      int to = range.length == 2 ? number(range[1], min, names) : open;
      int by = step.length == 2 ? number(step[1], 1, List.of()) : 1;
      if (from < min || to > max || to < from || by < 1) {
        throw new IllegalArgumentException("`" + part + "` does not fit into a cron expression");
      }
      for (int value = from; value <= to; value += by) {
        values.set(value);
      }
    }
    return values;
  }

  private static int number(String text, int min, List<String> names) {
    int name = names.indexOf(text.toUpperCase(Locale.ROOT));
    try {
      return name >= 0 ? name + min : Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("`" + text + "` is no number of a cron expression", e);
    }
  }

  @Override
  public Optional<LocalDateTime> after(LocalDateTime time) {
    LocalDateTime from = time.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
    LocalDate date = from.toLocalDate();
    LocalDate last = date.plusYears(MOST_YEARS);
    int minute = from.getHour() * 60 + from.getMinute();
    while (date.isBefore(last)) {
      if (!months.get(date.getMonthValue())) {
        date = date.withDayOfMonth(1).plusMonths(1);
      } else if (fits(date) && within(minute) >= 0) {
        int found = within(minute);
        return Optional.of(date.atTime(found / 60, found % 60));
      } else {
        date = date.plusDays(1);
      }
      minute = 0;
    }
    return Optional.empty();
  }

  private boolean fits(LocalDate date) {
    boolean day = days.get(date.getDayOfMonth());
    boolean weekday = weekdays.get(date.getDayOfWeek().getValue() % 7);
    boolean both = days.cardinality() < 31 && weekdays.cardinality() < 7;
    return (both && dayOr) ? (day || weekday) : (day && weekday);
  }

  /** The first minute of a day from one on, or -1. */
  private int within(int minute) {
    int from = minute / 60;
    for (int hour = hours.nextSetBit(from); hour >= 0; hour = hours.nextSetBit(hour + 1)) {
      int found = minutes.nextSetBit(hour == from ? minute % 60 : 0);
      if (found >= 0) {
        return hour * 60 + found;
      }
    }
    return -1;
  }
}
