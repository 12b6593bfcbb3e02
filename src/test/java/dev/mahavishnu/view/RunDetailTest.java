package dev.mahavishnu.view;

import static dev.mahavishnu.view.Story.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.run.State;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

final class RunDetailTest {
  private static final State CRASHED = new State.Crashed("process 4711 is gone");

  private static Story story() {
    return new Story("etl_pipeline", "extract", "items", "load")
        .add(0, new RunEvent.Opened(4711, "host"))
        .task(10, "extract", 1, RUNNING)
        .task(900, "extract", 1, State.Completed.DONE)
        .task(0, "items", 0, RUNNING)
        .mapped("items", 4)
        .task(0, "items[0]", 1, State.Completed.DONE)
        .task(0, "items[1]", 1, RUNNING);
  }

  private static RunDetail.Facts facts(Story story) {
    RunSummary summary =
        new RunSummary(
            Story.RUN,
            "etl_pipeline",
            CRASHED,
            true,
            Story.START,
            Optional.of(Story.START),
            Optional.empty(),
            story.fold().counts());
    return new RunDetail.Facts(
        summary,
        story.fold(),
        Optional.of(Story.START.plusSeconds(60)),
        JsonNodeFactory.instance.objectNode().put("rows", 3));
  }

  @Test
  void a_run_whose_process_died_shows_what_was_running_as_crashed() {
    Story story = story();
    Instant now = Story.START.plus(Duration.ofSeconds(90));

    assertThat(
            String.join(
                "\n",
                new RunDetail(new Palette(false, true), 80, ZoneOffset.UTC)
                    .lines(facts(story), now)))
        .isEqualTo(
            """
            run         261123-213045-k7qd
            flow        etl_pipeline
            state       Crashed: process 4711 is gone (resumable)
            created     2026-11-23 21:30:45 by trigger
            started     2026-11-23 21:30:45, 1m30s ago
            tasks       2 completed, 4 not done
            process     4711 on host
            checkpoint  30s ago
            parameter   day = 2026-11-22
            output      rows = 3

            ! etl_pipeline 261123-213045-k7qd  Crashed  2/6  1m30s  process 4711 is gone
            ✓ extract   0.9s
            ! items     0.0s  1/4  Crashed: was running
              ! [1]     0.0s  Crashed: was running
            ○ load\
            """);
  }

  @Test
  void a_run_is_one_object_for_programs() {
    JsonNode json =
        new JsonMapper().readTree(RunDetailJson.line(facts(story()), Story.START.plusSeconds(90)));

    assertThat(json.path("state").asString()).isEqualTo("CRASHED");
    assertThat(json.path("status").path("message").asString()).isEqualTo("process 4711 is gone");
    assertThat(json.path("checkpoint").asString()).isEqualTo("2026-11-23T21:31:45Z");
    assertThat(json.path("task_runs")).hasSize(2);
    assertThat(json.path("task_runs").get(1).path("items").path("completed").asInt()).isEqualTo(1);
    assertThat(json.path("task_runs").get(1).path("items").path("open").asInt()).isEqualTo(1);
    assertThat(json.path("outputs").path("rows").asInt()).isEqualTo(3);
  }
}
