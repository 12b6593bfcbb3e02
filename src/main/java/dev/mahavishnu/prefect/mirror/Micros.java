package dev.mahavishnu.prefect.mirror;

import java.time.Duration;
import java.time.Instant;

/** Times as numbers: microseconds since 1970, which is as fine as a server has them. */
final class Micros {
  private Micros() {}

  static long of(Instant at) {
    return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1000);
  }

  static long of(Duration time) {
    return time.toNanos() / 1000;
  }

  static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
  }
}
