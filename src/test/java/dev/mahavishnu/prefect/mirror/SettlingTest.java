package dev.mahavishnu.prefect.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** When something that was sent is taken for lost. */
final class SettlingTest {
  private static final UUID ONE = new UUID(0, 1);
  private static final UUID OTHER = new UUID(0, 2);

  private long now;
  private final Settling settling = new Settling(() -> now, 0);
  private final Set<UUID> missing = new HashSet<>(Set.of(ONE));
  private int listed;

  private Settling.Found after(Duration time, boolean last, long before) {
    now += time.toNanos();
    return settling.look(
        () -> last,
        () -> {
          listed++;
          return missing;
        },
        before);
  }

  @Test
  void all_is_asked_for_only_when_the_last_is_there() {
    assertThat(after(Duration.ofMinutes(5), false, 0)).isEqualTo(new Settling.Found.NotYet());
    assertThat(listed).isZero();
    missing.clear();
    assertThat(after(Duration.ofSeconds(1), true, 0)).isEqualTo(new Settling.Found.All());
  }

  @Test
  void what_is_missing_is_never_taken_for_stored() {
    Duration lost = Duration.ZERO;
    int losses = 0;
    for (int i = 0; i < 10_000; i++) {
      Settling.Found found = after(Duration.ofSeconds(1), i % 2 == 0, 0);
      assertThat(found).isNotEqualTo(new Settling.Found.All());
      if (found instanceof Settling.Found.Lost gone) {
        assertThat(gone.taskRuns()).containsExactly(ONE);
        assertThat(Duration.ofNanos(now))
            .isGreaterThan(lost.plusSeconds(30L << Math.min(4, losses)));
        lost = Duration.ofNanos(now);
        losses++;
      }
    }
    assertThat(losses).isBetween(4, 25);
  }

  @Test
  void what_waits_behind_the_events_of_another_run_is_not_lost() {
    for (int i = 0; i < 90; i++) {
      assertThat(after(Duration.ofSeconds(1), false, 4_000)).isEqualTo(new Settling.Found.NotYet());
    }
    assertThat(listed).isZero();
  }

  @Test
  void a_server_that_stores_ever_more_of_it_is_waited_for() {
    missing.add(OTHER);
    assertThat(after(Duration.ZERO, true, 0)).isEqualTo(new Settling.Found.NotYet());
    missing.remove(OTHER);
    assertThat(after(Duration.ofSeconds(40), true, 0)).isEqualTo(new Settling.Found.NotYet());
    assertThat(after(Duration.ofSeconds(20), true, 0)).isEqualTo(new Settling.Found.NotYet());
    assertThat(after(Duration.ofSeconds(20), true, 0))
        .isEqualTo(new Settling.Found.Lost(Set.of(ONE)));
  }
}
