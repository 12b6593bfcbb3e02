package dev.mahavishnu.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a schedule asks for now.
 *
 * @param run the times to run
 * @param skipped how many were missed for good
 * @param last the last time of all, run or not; empty when there is none
 */
record Due(List<Instant> run, long skipped, Optional<Instant> last) {
  /** A time this long ago was missed. */
  static final Duration LATE = Duration.ofMinutes(1);

  /** Missed times that are counted one by one; those before count as skipped, uncounted. */
  private static final int MOST = 100_000;

  /**
   * Looks at the times after one instant, up to another.
   *
   * @param begun when this process began to serve: what is older was missed
   */
  static Due of(Times times, Instant after, Instant now, Instant begun, Missed missed) {
    Instant lateBefore = begun.isAfter(now.minus(LATE)) ? begun : now.minus(LATE);
    List<Instant> late = new ArrayList<>();
    List<Instant> fresh = new ArrayList<>();
    Optional<Instant> next = times.after(after);
    while (next.filter(t -> !t.isAfter(now)).isPresent()) {
      Instant time = next.get();
      (time.isBefore(lateBefore) ? late : fresh).add(time);
      // Nobody waits for the count of a million seconds that passed.
      boolean leap = late.size() == MOST && fresh.isEmpty();
      next = times.after(leap ? lateBefore.minusNanos(1) : time);
    }
    List<Instant> run = missed.of(late, fresh);
    Optional<Instant> last =
        fresh.isEmpty() ? late.stream().reduce((_, b) -> b) : Optional.of(fresh.getLast());
    return new Due(run, (long) late.size() + fresh.size() - run.size(), last);
  }
}
