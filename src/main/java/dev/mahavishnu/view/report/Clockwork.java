package dev.mahavishnu.view.report;

import dev.mahavishnu.run.Spans;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Times as the page shows them. */
final class Clockwork {
  private static final long MILLIS = 1_000;

  private final DateTimeFormatter day;
  private final DateTimeFormatter time;

  Clockwork(ZoneId zone) {
    this.day = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss zzz").withZone(zone);
    this.time = DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(zone);
  }

  /** With its date. */
  String day(Instant at) {
    return day.format(at);
  }

  /** With its milliseconds. */
  String time(Instant at) {
    return time.format(at);
  }

  /** A span of time; a short one in milliseconds. */
  static String span(Duration span) {
    long millis = Math.max(0, span.toMillis());
    return millis < MILLIS ? millis + "ms" : Spans.text(span);
  }
}
