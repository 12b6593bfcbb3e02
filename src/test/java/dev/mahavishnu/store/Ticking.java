package dev.mahavishnu.store;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that goes on by a millisecond at each look, and may be set. */
final class Ticking extends Clock {
  private Instant now;

  Ticking(Instant start) {
    now = start;
  }

  synchronized void set(Instant time) {
    now = time;
  }

  @Override
  public synchronized Instant instant() {
    now = now.plusMillis(1);
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
