package dev.mahavishnu.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.run.RunHistory;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** When earlier runs are read for a run that is watched. */
final class RunBesideTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch answered = new CountDownLatch(1);

  /** Answers what runs there are when it is told to, and knows nothing else. */
  private RunHistory slow() {
    return (RunHistory)
        Proxy.newProxyInstance(
            RunHistory.class.getClassLoader(),
            new Class<?>[] {RunHistory.class},
            (_, method, _) -> {
              if (!method.getName().equals("list")) {
                throw new IllegalStateException(method.getName());
              }
              asked.countDown();
              answered.await();
              return Stream.empty();
            });
  }

  private boolean isAsked(RunBeside beside) {
    assertThat(beside.now("f").usual().run()).isEmpty();
    return asked.getCount() == 0;
  }

  @Test
  void nothing_is_read_any_more_when_the_watching_is_over() throws InterruptedException {
    RunBeside beside = new RunBeside(slow(), TestHistory.RUN);
    Awaitility.await().atMost(LIMIT).until(() -> isAsked(beside));

    Thread close = Thread.ofVirtual().start(beside::close);
    assertThat(close.join(Duration.ofMillis(50))).isFalse();
    answered.countDown();
    assertThat(close.join(LIMIT)).isTrue();
  }

  @Test
  void what_is_over_already_reads_nothing() {
    RunBeside beside = new RunBeside(slow(), TestHistory.RUN);
    beside.close();
    Awaitility.await().during(Duration.ofMillis(400)).atMost(LIMIT).until(() -> !isAsked(beside));
  }
}
