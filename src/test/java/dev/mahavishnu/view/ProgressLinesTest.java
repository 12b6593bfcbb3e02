package dev.mahavishnu.view;

import static dev.mahavishnu.view.Story.PENDING;
import static dev.mahavishnu.view.Story.RUNNING;
import static dev.mahavishnu.view.Story.failed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.TaskKey;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ProgressLinesTest {
  private static final State DONE = State.Completed.DONE;

  private static String lines(Story story) {
    ProgressLines progress = new ProgressLines(ZoneOffset.UTC);
    return story.events().stream()
        .flatMap(event -> progress.after(event).stream())
        .collect(Collectors.joining("\n"));
  }

  @Test
  void a_run_reads_as_a_report() {
    Story story =
        new Story("etl_pipeline", "extract", "load", "alert")
            .task(10, "extract", 0, PENDING)
            .task(10, "extract", 1, RUNNING)
            .task(1000, "extract", 1, failed("exit code 1: \u001b[1mno disk"))
            .task(
                0,
                "extract",
                1,
                new State.Scheduled(State.Scheduled.Why.AWAITING_RETRY, Optional.empty(), "in 2s"))
            .task(2000, "extract", 2, new State.Running(true))
            .task(500, "extract", 2, DONE)
            .task(5, "load", 0, new State.Completed(State.Completed.How.CACHED, "from an old run"))
            .task(5, "alert", 0, new State.Completed(State.Completed.How.SKIPPED, ""))
            .ended(1, DONE);

    assertThat(lines(story))
        .isEqualTo(
            """
            21:30:45  run 261123-213045-k7qd of etl_pipeline, 3 tasks
            21:30:45  run running
            21:30:45  extract running
            21:30:46  extract failed in 1.0s: exit code 1: no disk
            21:30:46  extract waits to retry: in 2s
            21:30:48  extract retrying, attempt 2
            21:30:48  extract completed in 0.5s
            21:30:48  load cached: from an old run
            21:30:48  alert skipped
            21:30:48  run completed\
            """);
  }

  @Test
  void a_small_map_tells_of_each_item() {
    Story story =
        new Story("f", "m").mapped("m", 2).task(1, "m[0]", 1, RUNNING).task(1, "m[0]", 1, DONE);

    assertThat(lines(story).lines().skip(2))
        .containsExactly(
            "21:30:45  m has 2 items",
            "21:30:45  m[0] running",
            "21:30:45  m[0] completed in 0.0s");
  }

  @Test
  void a_large_map_tells_of_its_tenths_and_of_what_went_wrong() {
    Story story = new Story("f", "m").mapped("m", 10_000);
    IntStream.range(0, 10_000)
        .forEach(
            i ->
                story
                    .task(0, "m[" + i + "]", 1, RUNNING)
                    .task(0, "m[" + i + "]", 1, i == 4321 ? failed("odd") : DONE));

    List<String> lines = lines(story).lines().skip(3).toList();
    assertThat(lines).hasSize(11);
    assertThat(lines.getFirst()).isEqualTo("21:30:45  m 1000/10000");
    assertThat(lines.get(4)).isEqualTo("21:30:45  m[4321] failed: odd");
    assertThat(lines.getLast()).isEqualTo("21:30:45  m 10000/10000");
  }

  @Test
  void subflows_waits_and_tasks_put_back_are_told() {
    Story story =
        new Story("f", "g", "ask")
            .nested("g", "made", "one")
            .task(1, "g/one", 1, RUNNING)
            .task(1, "ask", 1, new State.Paused(State.Paused.Why.PAUSED, "ship it?"))
            .add(1, new RunEvent.Reset(List.of(TaskKey.parse("g"))))
            .ended(1, new State.Paused(State.Paused.Why.SUSPENDED, "by Ctrl-C"));

    assertThat(lines(story).lines().skip(2))
        .containsExactly(
            "21:30:45  g runs made, 1 task",
            "21:30:45  g/one running",
            "21:30:45  ask waits: ship it?",
            "21:30:45  1 task put back to run again",
            "21:30:45  run suspended: by Ctrl-C");
  }
}
