package dev.mahavishnu.store;

import static dev.mahavishnu.store.Samples.RUN;
import static dev.mahavishnu.store.Samples.created;
import static dev.mahavishnu.store.Samples.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mahavishnu.run.LogLine;
import dev.mahavishnu.run.LogPage;
import dev.mahavishnu.run.TaskKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunLogTest {
  private static final TaskKey A = task("a");
  private static final TaskKey ITEM = new TaskKey("etl[1]", "b", 7);

  @TempDir Path folder;

  private Store open(long taskLimit, long runLimit) {
    return Store.open(
        folder,
        Samples.CLOCK,
        new StoreOptions(Durability.GROUP, 1 << 20, taskLimit, runLimit, 1 << 20, 1_000));
  }

  private static List<LogLine> all(Store store) {
    List<LogLine> lines = new ArrayList<>();
    LogPage page = store.history().logs(RUN, 0);
    while (!page.lines().isEmpty()) {
      lines.addAll(page.lines());
      page = store.history().logs(RUN, page.next());
    }
    return lines;
  }

  @Test
  void a_line_is_in_the_file_soon_and_comes_back_as_it_was() {
    Store store = open(1 << 20, 1 << 20);
    try (RunJournal journal = store.create(created())) {
      assertThat(store.history().logs(RUN, 0)).isEqualTo(new LogPage(List.of(), 0));
      journal.log().append(A, 1, "stdout", "é \"quoted\"\ttab\n and \u001b[31mred");
      journal.log().append(ITEM, 2, "stderr", "");
      await().atMost(Duration.ofSeconds(10)).until(() -> all(store).size() == 2);
      assertThat(all(store))
          .containsExactly(
              new LogLine(Samples.NOW, A, 1, "stdout", "é \"quoted\"\ttab\n and \u001b[31mred"),
              new LogLine(Samples.NOW, ITEM, 2, "stderr", ""));
    }
  }

  @Test
  void a_page_starts_where_the_one_before_ended() {
    Store store = open(1 << 20, 1 << 20);
    try (RunJournal journal = store.create(created())) {
      journal.log().append(A, 1, "stdout", "one");
      journal.log().flush();
      LogPage first = store.history().logs(RUN, 0);
      assertThat(store.history().logs(RUN, first.next()))
          .isEqualTo(new LogPage(List.of(), first.next()));
      journal.log().append(A, 1, "stdout", "two");
      journal.log().flush();
      assertThat(store.history().logs(RUN, first.next()).lines())
          .extracting(LogLine::text)
          .containsExactly("two");
    }
  }

  @Test
  void a_task_that_prints_without_end_fills_its_share_and_no_more() {
    Store store = open(10_000, 1 << 20);
    try (RunJournal journal = store.create(created())) {
      for (int i = 0; i < 5_000; i++) {
        journal.log().append(A, 1, "stdout", "x".repeat(50));
      }
      journal.log().append(ITEM, 1, "stdout", "another task");
    }
    List<LogLine> lines = all(store);
    assertThat(lines.getLast().text()).isEqualTo("another task");
    assertThat(lines)
        .filteredOn(line -> line.stream().equals("system"))
        .extracting(LogLine::text)
        .containsExactly("the log of this task is full: nothing more is kept of it");
    assertThat(lines.size()).isBetween(50, 200);
  }

  @Test
  void a_run_that_prints_without_end_fills_its_share_and_no_more() throws IOException {
    Store store = open(10_000, 20_000);
    try (RunJournal journal = store.create(created())) {
      for (int i = 0; i < 1_000; i++) {
        journal.log().append(A.item(i), 1, "stdout", "x".repeat(100_000));
      }
    }
    assertThat(all(store).getLast().text())
        .isEqualTo("the log of this run is full: nothing more is kept of it");
    assertThat(Files.size(folder.resolve("runs/" + RUN + "/log.ndjson"))).isLessThan(22_000);
  }

  @Test
  void a_resumed_run_goes_on_with_the_log_after_a_line_that_a_crash_tore() throws IOException {
    Store store = open(1 << 20, 1 << 20);
    try (RunJournal journal = store.create(created())) {
      journal.log().append(A, 1, "stdout", "before");
    }
    Path file = folder.resolve("runs/" + RUN + "/log.ndjson");
    Files.writeString(file, "{\"at\":17", StandardOpenOption.APPEND);
    assertThat(all(store)).extracting(LogLine::text).containsExactly("before");
    try (RunJournal journal = ((Claim.Mine) store.claim(RUN)).journal()) {
      journal.log().append(A, 2, "stdout", "after");
    }
    assertThat(all(store)).extracting(LogLine::text).containsExactly("before", "after");
  }

  @Test
  void a_line_longer_than_a_page_is_read_whole() {
    Store store = open(1 << 24, 1 << 24);
    String line = "x".repeat(3 << 20);
    try (RunJournal journal = store.create(created())) {
      journal.log().append(A, 1, "stdout", line);
      journal.log().append(A, 1, "stdout", "next");
    }
    assertThat(all(store)).extracting(LogLine::text).containsExactly(line, "next");
  }

  @Test
  void a_log_that_can_not_be_written_costs_nothing_but_its_lines() throws IOException {
    Store store = open(1 << 20, 1 << 20);
    try (RunJournal journal = store.create(created())) {
      Files.createDirectory(folder.resolve("runs/" + RUN + "/log.ndjson"));
      for (int i = 0; i < 100; i++) {
        journal.log().append(A, 1, "stdout", "x".repeat(100_000));
      }
      journal.append(List.of(Samples.running(A)), true);
    }
    assertThat(store.history().events(RUN, 1)).hasSize(2);
  }

  @Test
  void a_task_whose_log_is_full_still_says_how_far_it_is() {
    Store store = open(100, 1 << 20);
    try (RunJournal journal = store.create(created())) {
      journal.log().append(A, 1, "stdout", "x".repeat(200));
      journal.log().append(A, 1, "stdout", "lost");
      journal.log().append(A, 1, "progress", "40%");
      journal.log().flush();
    }
    assertThat(all(store))
        .extracting(LogLine::stream)
        .containsExactly("stdout", "system", "progress");
  }

  @Test
  void of_a_long_log_the_end_can_be_read_alone_without_the_rest_of_a_line() {
    Store store = open(1 << 20, 1 << 20);
    try (RunJournal journal = store.create(created())) {
      for (int i = 0; i < 1_000; i++) {
        journal.log().append(A, 1, "stdout", "line " + i);
      }
      journal.log().flush();
      LogPage end = store.history().recentLogs(RUN, 0, 1_000);

      assertThat(end.lines()).hasSizeBetween(5, 30);
      assertThat(end.lines().getLast().text()).isEqualTo("line 999");
      assertThat(store.history().recentLogs(RUN, end.next(), 1_000).lines()).isEmpty();
      journal.log().append(A, 1, "stdout", "more");
      journal.log().flush();
      assertThat(store.history().recentLogs(RUN, end.next(), 1_000).lines())
          .extracting(LogLine::text)
          .containsExactly("more");
    }
  }
}
