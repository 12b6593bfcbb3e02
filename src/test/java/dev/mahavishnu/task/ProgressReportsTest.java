package dev.mahavishnu.task;

import static dev.mahavishnu.task.Processes.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mahavishnu.engine.AttemptContext.Stream;
import dev.mahavishnu.engine.Outcome;
import dev.mahavishnu.engine.Outcome.Succeeded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far tasks say they are, from their program to the log. */
final class ProgressReportsTest {
  @TempDir Path temp;
  private Path folder = Path.of("/");

  @BeforeEach
  void folder() throws IOException {
    folder = Files.createDirectory(temp.resolve("flow"));
  }

  private static List<String> reports(Given given) {
    return given.logged(Stream.PROGRESS);
  }

  @Test
  void a_line_of_the_output_is_a_report_and_no_output() {
    Given given = Given.shell(folder, "echo result; echo '::progress 3/10 words'");

    assertThat(run(new ShellRunner(), given)).isEqualTo(new Succeeded(Given.json("\"result\"")));
    assertThat(reports(given)).containsExactly("3/10 words");
    assertThat(given.logged(Stream.STDOUT)).containsExactly("result");
  }

  @Test
  void a_line_that_only_looks_like_a_report_is_output() {
    Given given = Given.shell(folder, "echo '::progress nearly done'; echo ' ::progress 3%'");

    assertThat(run(new ShellRunner(), given))
        .isEqualTo(new Succeeded(Given.json("\" ::progress 3%\"")));
    assertThat(given.logged(Stream.STDOUT)).hasSize(2);
    assertThat(reports(given)).isEmpty();
  }

  @Test
  void of_a_file_the_last_whole_line_is_the_report() {
    Given given =
        Given.shell(
            folder, "printf '1%%\\n2%%\\nrubbish\\n3' > \"$MAHAVISHNU_PROGRESS\"; echo done");

    assertThat(run(new ShellRunner(), given)).isEqualTo(new Succeeded(Given.json("\"done\"")));
    assertThat(reports(given)).containsExactly("2%");
    assertThat(given.folder()).isEmptyDirectory();
  }

  @Test
  void a_task_that_reports_without_end_is_heard_once_a_second_and_at_its_end() {
    Given given =
        Given.shell(
            folder,
            "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); echo \"::progress $i/20000\"; done");
    long start = System.nanoTime();
    Outcome outcome = run(new ShellRunner(), given);
    long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();

    assertThat(outcome).isEqualTo(new Succeeded(Given.json("null")));
    assertThat(reports(given)).startsWith("1/20000").endsWith("20000/20000");
    assertThat(reports(given)).hasSizeLessThanOrEqualTo((int) seconds + 3);
  }

  @Test
  void a_report_is_heard_while_the_task_goes_on_by_output_and_by_file() throws Exception {
    Path go = folder.resolve("go");
    Given given =
        Given.shell(
            folder,
            "echo '::progress 1%'; echo '::progress 2%'; echo 7/9 >> \"$MAHAVISHNU_PROGRESS\";"
                + " while ! [ -e go ]; do sleep 0.05; done");
    CompletableFuture<Outcome> outcome =
        CompletableFuture.supplyAsync(() -> run(new ShellRunner(), given));
    try {
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(reports(given)).startsWith("1%").endsWith("7/9"));
    } finally {
      Files.createFile(go);
    }

    assertThat(outcome.get(30, TimeUnit.SECONDS)).isInstanceOf(Succeeded.class);
  }

  @Test
  void what_python_prints_is_heard_at_once() throws Exception {
    Given given =
        Given.python(
            folder,
            """
            import os, time
            print("::progress 40% of it")
            print("a line")
            while not os.path.exists("go"):
                time.sleep(0.05)
            """);
    CompletableFuture<Outcome> outcome =
        CompletableFuture.supplyAsync(() -> run(new PythonRunner(), given));
    try {
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> {
                assertThat(reports(given)).containsExactly("40% of it");
                assertThat(given.logged(Stream.STDOUT)).containsExactly("a line");
              });
    } finally {
      Files.createFile(folder.resolve("go"));
    }

    assertThat(outcome.get(30, TimeUnit.SECONDS)).isInstanceOf(Succeeded.class);
  }
}
