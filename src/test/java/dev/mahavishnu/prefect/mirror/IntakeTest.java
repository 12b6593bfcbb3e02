package dev.mahavishnu.prefect.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How much a process sends before it asks. */
final class IntakeTest {
  private static final UUID RUN = new UUID(0, 1);

  private long now;
  private final Intake intake = new Intake(() -> now);
  private final List<Intake.Mark> asked = new ArrayList<>();

  private boolean hasRoomAfter(Duration time, boolean stored) {
    now += time.toNanos();
    return intake.hasRoom(
        mark -> {
          asked.add(mark);
          return stored;
        });
  }

  private void fill() {
    while (hasRoomAfter(Duration.ZERO, false)) {
      intake.sent(200, RUN, Instant.EPOCH);
    }
  }

  @Test
  void there_is_no_room_until_the_last_was_seen_to_be_stored() {
    fill();
    assertThat(intake.unstored()).isEqualTo(Intake.MOST_UNSTORED);
    for (int i = 0; i < 100; i++) {
      assertThat(hasRoomAfter(Duration.ofSeconds(1), false)).isFalse();
    }
    assertThat(intake.unstored()).isEqualTo(Intake.MOST_UNSTORED);
    assertThat(hasRoomAfter(Duration.ofSeconds(1), true)).isTrue();
    assertThat(intake.unstored()).isZero();
  }

  @Test
  void the_server_is_not_asked_more_often_than_every_half_second() {
    fill();
    asked.clear();
    for (int i = 0; i < 100; i++) {
      assertThat(hasRoomAfter(Duration.ofMillis(100), false)).isFalse();
    }
    assertThat(asked).hasSizeBetween(15, 21);
  }

  @Test
  void one_that_is_never_stored_holds_up_the_others_for_a_time_and_lets_few_pass() {
    fill();
    int passed = 0;
    for (int i = 0; i < 1_000; i++) {
      if (hasRoomAfter(Duration.ofSeconds(1), false)) {
        intake.sent(200, RUN, Instant.EPOCH);
        passed++;
      }
    }
    assertThat(passed).isBetween(6, 9);
    assertThat(intake.unstored()).isGreaterThan(Intake.MOST_UNSTORED);
  }

  @Test
  void a_new_connection_lets_a_few_pass_that_tell_whether_the_server_has_forgotten_the_others() {
    fill();
    intake.connected(2);
    assertThat(hasRoomAfter(Duration.ofSeconds(1), false)).isTrue();
    intake.sent(200, RUN, Instant.EPOCH);
    intake.connected(2);
    assertThat(hasRoomAfter(Duration.ofSeconds(1), false)).isFalse();
    assertThat(hasRoomAfter(Duration.ofSeconds(1), true)).isTrue();
    assertThat(intake.unstored()).isZero();
  }
}
