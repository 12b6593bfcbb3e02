package dev.mahavishnu.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;

/**
 * Times that are said as wall-clock times of a zone. One that the clock shows twice counts the
 * first time; one that it skips counts as much later as the clock skips.
 */
record LocalTimes(Wall wall, ZoneId zone) implements Times {

  /** Wall-clock times. */
  interface Wall {
    /** The first one that is later than this, to the second. */
    Optional<LocalDateTime> after(LocalDateTime time);
  }

  @Override
  public Optional<Instant> after(Instant instant) {
    ZoneRules rules = zone.getRules();
    Optional<Instant> found = Optional.empty();
    Optional<LocalDateTime> next = wall.after(start(rules, instant));
    while (next.isPresent()) {
      LocalDateTime local = next.get();
      Instant time = local.atZone(zone).toInstant();
      if (time.isAfter(instant)) {
        found = found.filter(known -> !known.isAfter(time)).or(() -> Optional.of(time));
        // A skipped time is moved behind some that exist; no time that exists is.
        if (rules.isValidOffset(local, rules.getOffset(time))) {
          return found;
        }
      }
      next = wall.after(local);
    }
    return found;
  }

  /** From where to look: before the last gap, where times of it may still be to come. */
  private static LocalDateTime start(ZoneRules rules, Instant instant) {
    LocalDateTime local = LocalDateTime.ofInstant(instant, rules.getOffset(instant));
    Optional<ZoneOffsetTransition> gap =
        Optional.ofNullable(rules.previousTransition(instant.plusNanos(1)))
            .filter(ZoneOffsetTransition::isGap)
            .filter(t -> instant.isBefore(t.getInstant().plus(t.getDuration())));
    return gap.map(t -> t.getDateTimeBefore().minusSeconds(1)).orElse(local);
  }
}
