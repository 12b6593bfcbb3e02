package dev.mahavishnu.view;

import static dev.mahavishnu.view.Story.PENDING;
import static dev.mahavishnu.view.Story.RUNNING;
import static dev.mahavishnu.view.Story.failed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.run.LogFold;
import dev.mahavishnu.run.LogLine;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.StateType;
import dev.mahavishnu.run.TaskKey;
import dev.mahavishnu.run.UsualTimes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TreeViewTest {
  private static final Palette SIGNS = new Palette(false, true);
  private static final State DONE = State.Completed.DONE;

  private static String screen(Story story, Palette palette, int width, int lines) {
    return String.join(
        "\n",
        new TreeView(palette)
            .lines(story.fold(), story.after(Duration.ofMillis(300)), width, lines));
  }

  private static Story everyState() {
    return new Story("etl_pipeline", "extract", "check", "transform", "gen", "flaky", "ask", "load")
        .task(10, "extract", 1, RUNNING)
        .task(900, "extract", 1, DONE)
        .task(5, "check", 1, failed("exit code 3: \u001b[31mno rows\u001b[0m"))
        .task(5, "transform", 0, RUNNING)
        .mapped("transform", 40)
        .task(1, "transform[0]", 1, RUNNING)
        .task(1, "transform[1]", 1, RUNNING)
        .task(1, "transform[2]", 1, PENDING)
        .task(500, "transform[0]", 1, failed("bad"))
        .task(1, "gen", 1, RUNNING)
        .nested("gen", "made", "one", "two")
        .task(1, "gen/one", 2, new State.Running(true))
        .task(1, "flaky", 1, RUNNING)
        .task(
            1000,
            "flaky",
            1,
            new State.Scheduled(
                State.Scheduled.Why.AWAITING_RETRY,
                Optional.of(Story.START.plusSeconds(8)),
                "exit code 1"))
        .task(1, "ask", 1, new State.Paused(State.Paused.Why.PAUSED, "ship it?"));
  }

  @Test
  void a_tree_shows_every_state_with_its_sign() {
    assertThat(screen(everyState(), SIGNS, 80, 24))
        .isEqualTo(
            """
            ⠧ etl_pipeline 261123-213045-k7qd  Running  3/48  2.7s
            ✓ extract     0.9s
            ✗ check             exit code 3: no rows
            ⠧ transform   1.8s  1/40 1 running 1 failed
              ⠧ [1]       1.8s
            ⠧ gen         1.3s
              ⠧ one       1.3s  attempt 2
              ○ two
            ↻ flaky       1.3s  retry in 5.2s: exit code 1
            ‖ ask               Paused: ship it?
            ○ load\
            """);
  }

  @Test
  void a_tree_without_colours_and_signs_is_plain_ascii() {
    assertThat(screen(everyState(), Palette.ASCII, 40, 24))
        .isEqualTo(
            """
            / etl_pipeline 261123-213045-k7qd  Runn~
            + extract     0.9s
            x check             exit code 3: no rows
            / transform   1.8s  1/40 1 running 1 fa~
              / [1]       1.8s
            / gen         1.3s
              / one       1.3s  attempt 2
              . two
            ~ flaky       1.3s  retry in 5.2s: exit~
            = ask               Paused: ship it?
            . load\
            """);
  }

  @Test
  void colours_stand_around_words_and_never_in_blanks() {
    assertThat(screen(new Story("one", "a").task(10, "a", 1, DONE), new Palette(true, true), 80, 9))
        .isEqualTo(
            """
            \u001b[36m⠸\u001b[0m \u001b[1mone\u001b[0m\u001b[2m 261123-213045-k7qd\u001b[0m  \
            \u001b[36mRunning\u001b[0m  1/1\u001b[2m  0.3s\u001b[0m
            \u001b[32m✓\u001b[0m a\
            """);
  }

  @Test
  void an_ended_run_says_how_and_why_and_its_clock_stands() {
    Story story =
        new Story("one", "a", "b")
            .task(0, "a", 1, RUNNING)
            .task(1500, "a", 1, failed("exit code 2"))
            .task(1, "b", 0, new State.Failed(State.Failed.How.UPSTREAM, "needs a"))
            .ended(1, failed("1 task failed"));

    assertThat(screen(story, SIGNS, 80, 24))
        .isEqualTo(
            """
            ✗ one 261123-213045-k7qd  Failed  2/2  1.5s  1 task failed
            ✗ a      1.5s  exit code 2
            ✗ b            UpstreamFailed: needs a\
            """);
  }

  @Test
  void ten_thousand_tasks_stay_readable() {
    String[] ids = IntStream.range(0, 10_000).mapToObj(i -> "task_" + i).toArray(String[]::new);
    Story story = new Story("big", ids);
    IntStream.range(0, 5000)
        .forEach(i -> story.task(1, "task_" + i, 1, RUNNING).task(1, "task_" + i, 1, DONE));
    story.task(1, "task_5000", 1, RUNNING).task(1, "task_17", 1, failed("exit code 1"));

    assertThat(screen(story, SIGNS, 60, 8))
        .isEqualTo(
            """
            ⠸ big 261123-213045-k7qd  Running  5000/10000  10s
            ✗ task_17     9.9s  exit code 1
            ✓ task_4996   0.0s
            ✓ task_4997   0.0s
            ✓ task_4998   0.0s
            ✓ task_4999   0.0s
            ⠸ task_5000   0.3s
            … and 4995 completed, 4999 waiting\
            """);
  }

  @Test
  void a_row_never_stands_without_the_rows_it_belongs_to() {
    String[] ids = IntStream.range(0, 30).mapToObj(i -> "t" + i).toArray(String[]::new);
    Story story =
        new Story("deep", ids)
            .task(1, "t20", 1, RUNNING)
            .nested("t20", "inner", "x", "y")
            .task(1, "t20/y", 1, failed("no"));

    assertThat(screen(story, SIGNS, 80, 5))
        .isEqualTo(
            """
            ⠸ deep 261123-213045-k7qd  Running  1/32  0.3s
            ○ t0
            ⠸ t20    0.3s
              ✗ y            no
            … and 29 waiting\
            """);
  }

  @Test
  void no_line_is_wider_than_the_screen_whatever_names_and_messages_hold() {
    Story story =
        new Story("wide", "日本語の仕事", "b")
            .task(1, "日本語の仕事", 1, failed("文字".repeat(50) + "\n\u001b[2J"));

    for (int width = 10; width < 90; width++) {
      int cells = width;
      assertThat(new TreeView(SIGNS).lines(story.fold(), story.now(), width, 9))
          .allSatisfy(line -> assertThat(Cells.width(line)).isLessThanOrEqualTo(cells))
          .allSatisfy(line -> assertThat(line).doesNotContain("\u001b", "\n"));
    }
  }

  private static Beside said(String... lines) {
    LogFold log = new LogFold();
    for (String line : lines) {
      String[] parts = line.split("\\|", 3);
      log.apply(new LogLine(Story.START, TaskKey.parse(parts[0]), 1, parts[1], parts[2]));
    }
    return new Beside(log, UsualTimes.NONE);
  }

  @Test
  void what_runs_shows_how_far_it_says_it_is_and_its_last_line_without_what_moves_the_cursor() {
    Story story =
        new Story("etl", "load", "report", "later")
            .task(10, "load", 1, RUNNING)
            .task(5, "report", 1, RUNNING)
            .task(5, "report", 1, DONE);
    Beside beside =
        said(
            "load|progress|3/10 words",
            "load|stdout|row 7 \u001b[2J\u001b[31mred\u001b[0m \u0007\u202eabc",
            "report|stdout|never shown: it has ended");

    assertThat(
            String.join(
                "\n",
                new TreeView(SIGNS)
                    .lines(story.fold(), beside, story.after(Duration.ofMillis(300)), 80, 9)))
        .isEqualTo(
            """
            ⠸ etl 261123-213045-k7qd  Running  1/3  0.3s
            ⠸ load     0.3s  3/10 words  row 7 red abc
            ✓ report   0.0s
            ○ later\
            """);
  }

  @Test
  void no_line_is_wider_than_the_screen_whatever_tasks_say() {
    Story story = new Story("wide", "日本語の仕事").task(1, "日本語の仕事", 1, RUNNING);
    Beside beside =
        said("日本語の仕事|progress|3/10 " + "文字".repeat(50), "日本語の仕事|stdout|" + "あ\t".repeat(99));

    for (int width = 10; width < 90; width++) {
      int cells = width;
      assertThat(new TreeView(SIGNS).lines(story.fold(), beside, story.now(), width, 9))
          .allSatisfy(line -> assertThat(Cells.width(line)).isLessThanOrEqualTo(cells));
    }
  }

  @Test
  void a_frame_that_takes_long_is_followed_by_a_long_rest() {
    assertThat(Pace.pause(Duration.ofMillis(1).toNanos())).isEqualTo(100_000_000);
    assertThat(Pace.pause(Duration.ofMillis(10).toNanos())).isEqualTo(300_000_000);
    assertThat(Pace.pause(Duration.ofSeconds(10).toNanos())).isEqualTo(2_000_000_000);
  }

  @Test
  void the_sign_of_what_runs_turns_with_time() {
    TreeView view = new TreeView(SIGNS);
    Story story = new Story("one", "a");
    List<String> heads =
        IntStream.range(0, 10)
            .mapToObj(
                i ->
                    view.lines(story.fold(), story.after(Duration.ofMillis(i * 100L)), 80, 9)
                        .getFirst()
                        .substring(0, 1))
            .toList();

    assertThat(heads).doesNotHaveDuplicates();
    assertThat(story.fold().state().type()).isEqualTo(StateType.RUNNING);
  }
}
