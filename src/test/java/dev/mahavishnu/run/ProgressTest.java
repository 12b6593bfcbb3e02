package dev.mahavishnu.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What tasks say of how far they are, and what is kept of it. */
final class ProgressTest {
  private static final TaskKey LOAD = TaskKey.of("", "load");

  private final LogFold fold = new LogFold();

  private void log(TaskKey task, int attempt, String stream, String text) {
    fold.apply(new LogLine(Instant.EPOCH, task, attempt, stream, text));
  }

  @ParameterizedTest
  @CsvSource({
    "40%, 0.4, 40%, ''",
    "' 2.5 %  of the files ', 0.025, 2.5%, of the files",
    "3/10, 0.3, 3/10, ''",
    "3 / 10 words, 0.3, 3/10, words",
    "0/7, 0, 0/7, ''",
    "100%, 1, 100%, ''",
  })
  void a_share_or_a_count_is_read_with_the_words_after_it(
      String text, double share, String figure, String words) {
    assertThat(Progress.parse(text)).contains(new Progress(share, figure, words));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "half", "40", "101%", "11/10", "1/0", "-3%", "%", "3/10words", "1e3%", "9/x"})
  void what_is_no_share_of_a_whole_is_none(String text) {
    assertThat(Progress.parse(text)).isEmpty();
  }

  @Test
  void a_report_reads_back_as_it_was_told() {
    Progress progress = Progress.parse("3/10 words").orElseThrow();
    assertThat(Progress.parse(progress.text())).contains(progress);
    assertThat(Progress.parse("1% " + "x".repeat(10_000)).orElseThrow().words()).hasSize(200);
  }

  @Test
  void the_last_line_and_the_last_report_of_an_attempt_are_known() {
    log(LOAD, 1, "stdout", "one");
    log(LOAD, 1, "progress", "10%");
    log(LOAD, 1, "stderr", "two");
    log(LOAD, 1, "progress", "20% more");
    log(LOAD, 1, "stdout", "   ");

    assertThat(fold.line(LOAD, 1)).contains("two");
    assertThat(fold.progress(LOAD, 1).map(Progress::text)).contains("20% more");
    assertThat(fold.line(TaskKey.of("", "other"), 1)).isEmpty();
  }

  @Test
  void an_attempt_begins_anew_and_a_late_line_of_the_one_before_is_none_of_its() {
    log(LOAD, 1, "progress", "90%");
    log(LOAD, 2, "stdout", "again");
    log(LOAD, 1, "stdout", "late");

    assertThat(fold.line(LOAD, 2)).contains("again");
    assertThat(fold.progress(LOAD, 2)).isEqualTo(Optional.empty());
    assertThat(fold.line(LOAD, 1)).isEmpty();
  }

  @Test
  void of_a_line_that_goes_back_to_its_beginning_the_end_is_what_is_seen() {
    log(LOAD, 1, "stderr", "10 %\r20 %\r30 %\r");
    assertThat(fold.line(LOAD, 1).map(String::strip)).contains("30 %");
    log(LOAD, 1, "stderr", "x".repeat(100_000));
    assertThat(fold.line(LOAD, 1).orElseThrow()).hasSize(500);
  }

  @Test
  void of_very_many_tasks_those_that_spoke_last_are_known() {
    for (int i = 0; i < 5_000; i++) {
      log(LOAD.item(i), 1, "stdout", "line " + i);
    }
    assertThat(fold.line(LOAD.item(4_999), 1)).contains("line 4999");
    assertThat(fold.line(LOAD.item(4_001), 1)).contains("line 4001");
    assertThat(fold.line(LOAD.item(0), 1)).isEmpty();
  }
}
