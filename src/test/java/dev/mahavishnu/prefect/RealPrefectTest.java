package dev.mahavishnu.prefect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps a server of the tests from staying behind. */
final class RealPrefectTest {
  @TempDir Path folder;

  @Test
  void what_the_guard_started_ends_when_its_input_does_as_it_does_when_a_jvm_is_killed()
      throws Exception {
    Path pid = folder.resolve("pid");
    Process guard =
        new ProcessBuilder(
                "python3",
                PrefectVenv.file("/prefect/guard.py", folder).toString(),
                "sh",
                "-c",
                "echo $$ > " + pid + ".new; mv " + pid + ".new " + pid + "; sleep 1000")
            .start();
    try {
      Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(pid));
      ProcessHandle child =
          ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
      assertThat(child.isAlive()).isTrue();

      guard.getOutputStream().close();
      assertThat(guard.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(child.isAlive()).isFalse();
    } finally {
      guard.destroyForcibly();
    }
  }
}
