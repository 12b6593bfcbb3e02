package dev.mahavishnu.schedule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that shows what a test sets it to. */
final class HandClock extends Clock {
  private final AtomicReference<Instant> now;

  HandClock(String time) {
    now = new AtomicReference<>(Instant.parse(time));
  }

  void set(String time) {
    now.set(Instant.parse(time));
  }

  void on(Duration by) {
    now.updateAndGet(t -> t.plus(by));
  }

  @Override
  public Instant instant() {
    return now.get();
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
