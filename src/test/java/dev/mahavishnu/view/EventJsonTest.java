package dev.mahavishnu.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.run.Child;
import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.Output;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.TaskKey;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

final class EventJsonTest {
  private static final String HEAD =
      "\"at\":\"2026-11-23T21:30:45Z\",\"run\":\"261123-213045-k7qd\",";

  private static String line(RunEvent event) {
    Story story = new Story("f", "a").add(0, event);
    return EventJson.line(Story.RUN, story.events().getLast());
  }

  private static RunEvent moved(State state, Output output) {
    return new RunEvent.TaskMoved(
        TaskKey.parse("a"),
        2,
        state,
        Optional.of(new Child(4711, 1, "mark")),
        Optional.of(output),
        Optional.empty());
  }

  @Test
  void a_task_line_has_its_state_and_its_small_output() {
    Output output = new Output.Inline("00", JsonNodeFactory.instance.objectNode().put("rows", 3));

    assertThat(line(moved(State.Completed.DONE, output)))
        .isEqualTo(
            "{\"type\":\"task\",\"seq\":3,"
                + HEAD
                + "\"task\":\"a\",\"attempt\":2,\"state\":{\"type\":\"COMPLETED\",\"name\":\"Completed\","
                + "\"message\":\"\"},\"pid\":4711,\"output\":{\"rows\":3}}");
  }

  @Test
  void a_secret_output_is_never_in_a_line() {
    assertThat(line(moved(State.Completed.DONE, new Output.Stored("00", 12, true))))
        .endsWith("\"output_stored\":{\"bytes\":12,\"secret\":true}}");
  }

  @Test
  void names_of_states_stand_beside_their_types() {
    assertThat(line(new RunEvent.Moved(new State.Paused(State.Paused.Why.SUSPENDED, "by ann"))))
        .isEqualTo(
            "{\"type\":\"run\",\"seq\":3,"
                + HEAD
                + "\"state\":{\"type\":\"PAUSED\",\"name\":\"Suspended\",\"message\":\"by ann\"}}");
  }

  @Test
  void the_first_line_says_what_runs() {
    assertThat(EventJson.line(Story.RUN, new Story("f", "a").events().getFirst()))
        .isEqualTo(
            "{\"type\":\"created\",\"seq\":1,"
                + HEAD
                + "\"flow\":\"f\",\"tasks\":1,\"parameters\":{\"day\":\"2026-11-22\"},"
                + "\"requester\":\"trigger\"}");
  }

  @Test
  void commands_maps_subflows_and_outputs_have_lines_of_their_own() {
    Output none = new Output.Inline("00", JsonNodeFactory.instance.objectNode());

    assertThat(line(new RunEvent.Commanded(new Command.Approve("ann", Optional.of("ask"), "ok"))))
        .endsWith("\"who\":\"ann\",\"command\":\"approve\",\"task\":\"ask\",\"note\":\"ok\"}");
    assertThat(line(new RunEvent.Commanded(new Command.Cancel("ann"))))
        .endsWith("\"who\":\"ann\",\"command\":\"cancel\"}");
    assertThat(line(new RunEvent.Mapped(TaskKey.parse("a"), 7, none)))
        .endsWith("\"task\":\"a\",\"size\":7}");
    assertThat(line(new RunEvent.Returned(none))).endsWith("\"outputs\":{}}");
    assertThat(line(new RunEvent.Reset(List.of(TaskKey.parse("a")))))
        .endsWith("\"tasks\":[\"a\"]}");
    assertThat(line(new RunEvent.Opened(12, "host"))).endsWith("\"pid\":12,\"host\":\"host\"}");
  }
}
