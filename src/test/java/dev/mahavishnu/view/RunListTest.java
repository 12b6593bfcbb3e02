package dev.mahavishnu.view;

import static dev.mahavishnu.view.Story.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.TaskCounts;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

final class RunListTest {
  private static final Instant NOW = Story.START.plusSeconds(90);

  private static RunSummary run(String id, State state, boolean resumable, long seconds) {
    Optional<Instant> ended =
        state.isFinal() ? Optional.of(Story.START.plusSeconds(seconds)) : Optional.empty();
    return new RunSummary(
        new RunId(id),
        "etl_pipeline",
        state,
        resumable,
        Story.START,
        Optional.of(Story.START),
        ended,
        new TaskCounts(9, 4, 1, 0, 1, 2, 0, 0, 1, 0));
  }

  @Test
  void runs_stand_in_a_table() {
    List<RunSummary> runs =
        List.of(
            run("261123-213045-k7qd", RUNNING, false, 0),
            run("261123-213045-aaaa", new State.Crashed("process 12 is gone"), true, 4),
            run("261123-213045-bbbb", State.Completed.DONE, false, 3700));

    assertThat(
            String.join(
                "\n", new RunTable(new Palette(false, true), ZoneOffset.UTC).lines(runs, NOW, 100)))
        .isEqualTo(
            """
            RUN                 FLOW          STATE                STARTED              TIME   TASKS
            261123-213045-k7qd  etl_pipeline  Running              2026-11-23 21:30:45  1m30s  8/9, 1 failed
            261123-213045-aaaa  etl_pipeline  Crashed (resumable)  2026-11-23 21:30:45  4.0s   8/9, 1 failed
            261123-213045-bbbb  etl_pipeline  Completed            2026-11-23 21:30:45  1h01m  8/9, 1 failed\
            """);
  }

  @Test
  void a_run_of_a_list_is_one_object() {
    assertThat(RunJson.summary(run("261123-213045-k7qd", RUNNING, false, 0), NOW))
        .isEqualTo(
            "{\"run\":\"261123-213045-k7qd\",\"flow\":\"etl_pipeline\",\"state\":\"RUNNING\","
                + "\"started\":\"2026-11-23T21:30:45Z\",\"seconds\":90.0,\"tasks\":{\"total\":9,"
                + "\"completed\":4,\"cached\":1,\"skipped\":0,\"failed\":1,\"upstream_failed\":2,"
                + "\"cancelled\":0,\"crashed\":0,\"running\":1,\"waiting\":0}}");
  }

  @Test
  void the_result_is_one_object_with_exactly_the_documented_names() {
    Story story =
        new Story("f", "a")
            .task(0, "a", 1, RUNNING)
            .task(1234, "a", 1, State.Completed.DONE)
            .ended(0, State.Completed.DONE);

    assertThat(
            RunJson.result(
                story.fold(),
                State.Completed.DONE,
                story.now(),
                JsonNodeFactory.instance.objectNode().put("a", 1)))
        .isEqualTo(
            "{\"type\":\"result\",\"run\":\"261123-213045-k7qd\",\"flow\":\"f\","
                + "\"state\":\"COMPLETED\",\"tasks\":{\"total\":1,\"completed\":1,\"cached\":0,"
                + "\"skipped\":0,\"failed\":0,\"upstream_failed\":0,\"cancelled\":0,\"crashed\":0,"
                + "\"running\":0,\"waiting\":0},\"outputs\":{\"a\":1},\"seconds\":1.234}");
  }
}
