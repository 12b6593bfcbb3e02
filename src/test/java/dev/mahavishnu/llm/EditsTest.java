package dev.mahavishnu.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.llm.Answer.Edit;
import dev.mahavishnu.spec.StrictForm;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class EditsTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final StrictForm FORM = new StrictForm(List.of());

  private final ObjectNode tree =
      (ObjectNode)
          JSON.readTree(
              """
              {"flow":"x","tasks":[{"id":"a","type":"shell","command":"x","retries":1},
              {"id":"b","type":"compute","value":1}],
              "on_failure":[{"id":"tell","type":"compute","value":2}]}
              """);

  private List<String> apply(Edit... edits) {
    return new Edits(tree, FORM).apply(List.of(edits));
  }

  private static JsonNode json(String text) {
    return JSON.readTree(text);
  }

  private List<String> ids(String list) {
    return tree.path(list).valueStream().map(t -> t.path("id").asString()).toList();
  }

  @Test
  void fields_are_set_and_taken_away() {
    assertThat(
            apply(
                new Edit.Put("a", "env", json("[{\"name\":\"A\",\"value\":{\"json\":\"null\"}}]")),
                new Edit.Put("b", "value", json("{\"json\":\"{\\\"k\\\":[1]}\"}")),
                new Edit.Put("", "timeout", json("\"5m\"")),
                new Edit.Put(
                    "a", "retry_delay", json("{\"initial\":\"1s\",\"factor\":2,\"max\":null}")),
                new Edit.Drop("a", "retries")))
        .isEmpty();
    assertThat(tree.at("/tasks/0").toString())
        .isEqualTo(
            "{\"id\":\"a\",\"type\":\"shell\",\"command\":\"x\",\"env\":[{\"name\":\"A\","
                + "\"value\":null}],\"retry_delay\":{\"initial\":\"1s\",\"factor\":2}}");
    assertThat(tree.at("/tasks/1/value").toString()).isEqualTo("{\"k\":[1]}");
    assertThat(tree.path("timeout").asString()).isEqualTo("5m");
  }

  @Test
  void tasks_come_go_and_move() {
    JsonNode task = json("{\"id\":\"c\",\"type\":\"compute\",\"value\":3}");
    assertThat(
            apply(
                new Edit.Add(task, "a", false),
                new Edit.Move("b", "", false),
                new Edit.Remove("tell")))
        .isEmpty();
    assertThat(ids("tasks")).containsExactly("b", "a", "c");
    assertThat(tree.has("on_failure")).isFalse();
    assertThat(apply(new Edit.Move("c", "", true))).isEmpty();
    assertThat(ids("tasks")).containsExactly("b", "a");
    assertThat(ids("on_failure")).containsExactly("c");
  }

  @Test
  void what_is_not_there_is_named() {
    assertThat(
            apply(
                new Edit.Put("aa", "retries", json("1")),
                new Edit.Drop("a", "retrys"),
                new Edit.Put("a", "retry_delay.initial", json("1")),
                new Edit.Put("", "tasks", json("[]")),
                new Edit.Put("b", "value", json("{\"json\":\"{\"}")),
                new Edit.Add(json("{\"id\":\"z\"}"), "elsewhere", false)))
        .containsExactly(
            "the draft has no task `aa`; did you mean `a`?",
            "`a.retrys` is not set; did you mean `retries`?",
            "`a.retry_delay.initial`: set the whole field, not a part of it",
            "tasks are changed by add_task, remove_task, move_task, or by their fields",
            "`b.value`: this is not the text of a JSON value: {",
            "the draft has no task `elsewhere`");
  }
}
