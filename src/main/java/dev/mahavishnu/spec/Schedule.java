package dev.mahavishnu.spec;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When a flow runs by itself. */
public sealed interface Schedule {
  /** IANA zone name, {@code UTC} by default. */
  String timezone();

  /**
   * @param cron five fields, Unix order
   * @param dayOr whether day-of-month and day-of-week match as either (true, Unix) or both
   */
  record Cron(String cron, String timezone, boolean dayOr) implements Schedule {}

  /** Every {@code every} from {@code anchor} on. */
  record Interval(Duration every, Optional<Instant> anchor, String timezone) implements Schedule {}

  /** An RFC 5545 recurrence rule. */
  record RRule(String rule, String timezone) implements Schedule {}
}
