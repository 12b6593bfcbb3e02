package dev.mahavishnu.prefect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class TurnsTest {
  private final Turns turns = new Turns();

  private Thread taking(CountDownLatch taken) {
    return Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                turns.take();
                taken.countDown();
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              }
            });
  }

  private static void awaitWaiting(Thread thread) {
    await().until(() -> thread.getState() == Thread.State.WAITING);
  }

  @Test
  void four_calls_go_at_a_time_and_after_a_503_one() throws InterruptedException {
    for (int i = 0; i < 4; i++) {
      turns.take();
    }
    CountDownLatch fifth = new CountDownLatch(1);
    awaitWaiting(taking(fifth));
    turns.refused();
    for (int i = 0; i < 3; i++) {
      turns.give();
    }
    assertThat(fifth.getCount()).isEqualTo(1);
    turns.give();
    fifth.await();

    CountDownLatch next = new CountDownLatch(1);
    awaitWaiting(taking(next));
    turns.give();
    next.await();
  }
}
