package dev.mahavishnu.cli;

import dev.mahavishnu.spec.Durations;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** Times that are over, as people say them. */
final class Past {
  private Past() {}

  /**
   * An age such as {@code 7d}, a date, or a time as ISO 8601 writes it.
   *
   * @param option that it was given with
   */
  static Instant of(String option, String text, Instant now) {
    if (Durations.isDuration(text)) {
      return now.minus(Durations.parse(text));
    }
    try {
      return text.contains("T")
          ? Instant.parse(text)
          : LocalDate.parse(text).atStartOfDay(ZoneId.systemDefault()).toInstant();
    } catch (DateTimeException _) {
      throw CommandFailure.usage(
          option + " " + text + ": expected an age such as 7d, or a date such as 2026-11-23");
    }
  }
}
