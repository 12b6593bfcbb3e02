package dev.mahavishnu.view.report;

import dev.mahavishnu.run.Chronicle;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Places times between the beginning and the end of a run, in percent. */
final class Ruler {
  private static final int MOST_MARKS = 8;
  private static final long MILLION = 1_000_000;

  /** Seconds of a minute, an hour and a day make steps of their own. */
  private static final List<Long> STEPS =
      List.of(
          1L,
          2L,
          5L,
          10L,
          20L,
          50L,
          100L,
          200L,
          500L,
          1_000L,
          2_000L,
          5_000L,
          10_000L,
          15_000L,
          30_000L,
          60_000L,
          120_000L,
          300_000L,
          600_000L,
          900_000L,
          1_800_000L,
          3_600_000L,
          7_200_000L,
          10_800_000L,
          21_600_000L,
          43_200_000L,
          86_400_000L,
          172_800_000L,
          604_800_000L);

  private final Instant from;
  private final double nanos;

  /** A mark with its place. */
  record Mark(String text, String left) {}

  private Ruler(Instant from, Instant to) {
    this.from = from;
    this.nanos = Math.max(MILLION, nanos(from, to));
  }

  static Ruler of(Chronicle run) {
    Instant from = run.summary().started().orElse(run.summary().created());
    for (Chronicle.Told told : run.tasks()) {
      for (Chronicle.Stretch stretch : told.stretches()) {
        from = stretch.from().isBefore(from) ? stretch.from() : from;
      }
    }
    return new Ruler(from, run.last());
  }

  private static double nanos(Instant from, Instant to) {
    Duration span = Duration.between(from, to);
    return span.toSeconds() * 1e9 + span.toNanosPart();
  }

  String left(Instant at) {
    return percent(share(at));
  }

  String width(Instant begin, Instant end) {
    return percent(Math.max(0, share(end) - share(begin)));
  }

  private double share(Instant at) {
    return Math.clamp(nanos(from, at) / nanos, 0, 1);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.3f%%", share * 100);
  }

  /** At equal distances from the beginning. */
  List<Mark> marks() {
    double millis = nanos / MILLION;
    long step =
        STEPS.stream().filter(s -> millis / s <= MOST_MARKS).findFirst().orElse(STEPS.getLast());
    while (millis / step > MOST_MARKS) {
      step *= 2;
    }
    List<Mark> marks = new ArrayList<>();
    for (long at = 0; at <= millis; at += step) {
      marks.add(new Mark(Clockwork.span(Duration.ofMillis(at)), percent(at / millis)));
    }
    return marks;
  }
}
