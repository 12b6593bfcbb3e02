package dev.mahavishnu.plan.offline;

import dev.mahavishnu.spec.Durations;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers, how many times, and how long. */
final class Amounts {
  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,6}\\.[0-9]{1,3}");
  private static final Pattern COUNTED = Pattern.compile("[0-9]{1,6}x");

  private final Cursor cursor;

  Amounts(Cursor cursor) {
    this.cursor = cursor;
  }

  /** {@code 3}, {@code three}. */
  Optional<Integer> number() {
    return cursor
        .take("a number", token -> Words.number(token.word()).isPresent())
        .map(token -> Words.number(token.word()).orElse(2));
  }

  /** {@code 3 times}, {@code three times}, {@code 3x}, {@code once}, {@code twice}. */
  Optional<Integer> times() {
    if (!cursor.skip("up to")) {
      cursor.skip("at most");
    }
    return cursor.attempt(this::count);
  }

  private Optional<Integer> count() {
    if (cursor.take("once")) {
      return Optional.of(1);
    }
    if (cursor.takeAny("twice")) {
      return Optional.of(2);
    }
    String next = cursor.peek().word();
    if (COUNTED.matcher(next).matches()) {
      return cursor.take("3x", _ -> true).map(_ -> Integer.parseInt(next.replace("x", "")));
    }
    return number().filter(count -> cursor.take(count == 1 ? "time" : "times"));
  }

  /** {@code 10 minutes}, {@code an hour and a half} is not one, {@code 1h30m}. */
  Optional<Duration> duration() {
    return cursor.one("a duration", Duration.ZERO, () -> cursor.attempt(this::parts));
  }

  private Optional<Duration> parts() {
    String next = cursor.peek().word();
    if (next.length() > 1 && next.length() < 20 && Durations.isDuration(next)) {
      return cursor.take("a duration", _ -> true).map(_ -> Durations.parse(next));
    }
    if (cursor.skip("half an") || cursor.skip("half a")) {
      return unit().map(unit -> unit.dividedBy(2));
    }
    return part().map(this::andSmaller);
  }

  /** What follows counts only in smaller units: "5 minutes and 10 minutes" is not one duration. */
  private Duration andSmaller(Part first) {
    Duration sum = first.amount;
    Duration unit = first.unit;
    while (true) {
      Duration larger = unit;
      Optional<Part> next =
          cursor.attempt(
              () -> {
                cursor.skip("and");
                return part().filter(part -> part.unit.compareTo(larger) < 0);
              });
      if (next.isEmpty()) {
        return sum;
      }
      sum = sum.plus(next.orElseThrow().amount);
      unit = next.orElseThrow().unit;
    }
  }

  private record Part(Duration amount, Duration unit) {}

  private Optional<Part> part() {
    if (cursor.skip("a") || cursor.skip("an")) {
      return unit().map(unit -> new Part(unit, unit));
    }
    String next = cursor.peek().text();
    if (DECIMAL.matcher(next).matches()) {
      BigDecimal count = new BigDecimal(next);
      return cursor
          .take("a number", _ -> true)
          .flatMap(_ -> unit())
          .map(unit -> new Part(times(unit, count), unit));
    }
    return number().flatMap(n -> unit().map(unit -> new Part(unit.multipliedBy(n), unit)));
  }

  private static Duration times(Duration unit, BigDecimal amount) {
    return Duration.ofMillis(amount.multiply(BigDecimal.valueOf(unit.toMillis())).longValue());
  }

  /** {@code minutes}, {@code min}, {@code m}. */
  Optional<Duration> unit() {
    return cursor
        .take("a unit of time", token -> unit(token.word()).isPresent())
        .map(token -> unit(token.word()).orElse(Duration.ZERO));
  }

  private static Optional<Duration> unit(String word) {
    return Optional.ofNullable(
        switch (word.toLowerCase(Locale.ROOT)) {
          case "ms", "millisecond", "milliseconds" -> Duration.ofMillis(1);
          case "s", "sec", "secs", "second", "seconds" -> Duration.ofSeconds(1);
          case "m", "min", "mins", "minute", "minutes" -> Duration.ofMinutes(1);
          case "h", "hr", "hrs", "hour", "hours" -> Duration.ofHours(1);
          case "day", "days" -> Duration.ofDays(1);
          case "week", "weeks" -> Duration.ofDays(7);
          default -> null;
        });
  }
}
