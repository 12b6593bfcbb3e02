package dev.mahavishnu.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mahavishnu.spec.StrictForm;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReplyReaderTest {
  private static final ReplyReader READER = new ReplyReader(new StrictForm(List.of()));
  private static final String FLOW =
      """
      {"outcome": "flow", "because": [{"touches": "fetch", "words": "fetch é \\u00e9"}],
       "flow": {"flow": "orders", "description": null, "tasks": [
         {"id": "fetch", "type": "shell", "command": "./fetch.sh \\"a\\"", "retries": 3},
         {"id": "load", "type": "python", "file": "load.py", "depends_on": ["fetch"]}]},
       "edits": null, "question": null, "refusal": null, "report": null}\
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s",
        "  %s\n",
        "```json\n%s\n```",
        "Here is the flow:\n```\n%s\n```\nTell me if it fits.",
        "Sure. %s That is all.",
        "<think>maybe {\"outcome\": \"run\"} or }</think>\n%s"
      })
  void the_one_object_is_found(String around) throws UnreadableReply {
    assertThat(READER.read(around.formatted(FLOW)))
        .isInstanceOfSatisfying(
            Answer.Whole.class,
            whole -> {
              assertThat(whole.flow().path("flow").asString()).isEqualTo("orders");
              assertThat(whole.flow().has("description")).isFalse();
              assertThat(whole.because().getFirst().words()).isEqualTo("fetch é é");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s%s",
        "%s\n{\"approve\": true}",
        "{} %s",
        "} %s",
        "%s }",
        "```json\n%s",
        "%s\n```",
        "```json\n%s\nand more\n```"
      })
  void a_second_object_or_an_open_fence_is_unreadable(String around) {
    assertThatThrownBy(() -> READER.read(around.replace("%s", FLOW)))
        .isInstanceOf(UnreadableReply.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"outcome":"refusal","refusal":"no","approve":true} | unknown key `approve`: an answer can propose, and no more
          {"outcome":"run","refusal":"no"} | `outcome` must be flow, edits, question, refusal or report
          {"outcome":"refusal","refusal":"no","refusal":"yes"} | is not one whole JSON object
          {"outcome":"flow","refusal":"no"} | `outcome` is flow, so
          {"outcome":"refusal","refusal":"no","report":{}} | `report` null
          {"outcome":"refusal"} | `refusal` alone must be set
          {"flow":"x","tasks":[]} | a flow stands under `flow`
          {"outcome":"question","question":{"text":"which?","choices":["a","a"]}} | 2 to 5 different choices
          {"outcome":"question","question":{"text":"which?","choices":["a","b"],"run":1}} | unknown key `run` in `question`
          {"outcome":"edits","edits":[{"op":"run"}]} | unknown `op`
          {"outcome":"edits","edits":[{"op":"set","task":"a"}]} | `set` needs `field`
          {"outcome":"edits","edits":[{"op":"add_task"}]} | `add_task` needs the task
          ["a"] | there is no JSON object
          I would rather talk. | there is no JSON object
          {"outcome":"refusal","refusal":"no" | is not one whole JSON object
          """)
  void what_is_no_reply_is_named(String reply, String why) {
    assertThatThrownBy(() -> READER.read(reply))
        .isInstanceOf(UnreadableReply.class)
        .hasMessageContaining(why);
  }

  @Test
  void every_kind_of_edit_is_read() throws UnreadableReply {
    String reply =
        """
        {"outcome": "edits", "because": [], "edits": [
         {"op": "set", "task": "a", "field": "retries", "value": 3, "new_task": null},
         {"op": "set", "task": null, "field": "timeout", "value": null},
         {"op": "remove", "task": "a", "field": "when"},
         {"op": "add_task", "new_task": {"id": "b", "type": "compute", "value": {"json": "{}"}}},
         {"op": "remove_task", "task": "c"},
         {"op": "move_task", "task": "d", "after": "a", "on_failure": true}]}
        """;
    assertThat(((Answer.Changes) READER.read(reply)).edits())
        .extracting(edit -> edit.getClass().getSimpleName())
        .containsExactly("Put", "Drop", "Drop", "Add", "Remove", "Move");
  }

  @Test
  void a_reply_that_is_too_long_or_too_deep_is_unreadable() {
    assertThatThrownBy(() -> READER.read("{\"a\":\"" + "x".repeat(500_000) + "\"}"))
        .hasMessageContaining("longer than");
    assertThatThrownBy(() -> READER.read("{\"outcome\":" + "[".repeat(5_000) + "]".repeat(5_000)))
        .isInstanceOf(UnreadableReply.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "```json\n%s\n```", "Here: %s"})
  void a_reply_that_is_cut_anywhere_is_never_read(String around) throws UnreadableReply {
    String whole = around.formatted(FLOW);
    int last = whole.length() - (around.endsWith("```") ? 3 : 1);
    for (int end = 0; end <= last; end++) {
      String half = whole.substring(0, end);
      assertThatThrownBy(() -> READER.read(half)).as(half).isInstanceOf(UnreadableReply.class);
      assertThatCode(() -> Outline.of(half)).doesNotThrowAnyException();
    }
    assertThat(READER.read(whole)).isInstanceOf(Answer.Whole.class);
  }

  @Test
  void the_outline_grows_with_the_reply() {
    List<String> before = List.of();
    for (int end = 0; end <= FLOW.length(); end++) {
      List<String> now = Outline.of(FLOW.substring(0, end));
      assertThat(now.size()).isGreaterThanOrEqualTo(before.size());
      before = now;
    }
    assertThat(before).containsExactly("fetch  shell  ./fetch.sh \"a\"", "load  python  load.py");
  }

  @Test
  void the_outline_of_edits_says_what_changes() {
    assertThat(
            Outline.of(
                """
                {"outcome":"edits","edits":[{"op":"set","task":"fetch","field":"retries","value":3},
                {"op":"add_task","new_task":{"id":"b","type":"shell","command":"x\\ny\\u001b[1m"}},
                {"op":"remove_task","task":"c"},{"op":"set","task":null,"field":"timeo\
                """))
        .containsExactly("fetch.retries  3", "+ b  shell  x y [1m", "- c", "flow.timeo");
  }

  @Test
  void no_text_at_all_breaks_the_outline_or_the_reader() {
    Random random = new Random(7);
    String signs = "{}[]\",:\\u1tfn \n`ab0-";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(i % 2 == 0 ? "{\"flow\":{\"tasks\":[" : "{");
      for (int n = random.nextInt(40); n > 0; n--) {
        text.append(signs.charAt(random.nextInt(signs.length())));
      }
      assertThatCode(() -> Outline.of(text.toString())).doesNotThrowAnyException();
      assertThatThrownBy(() -> READER.read(text.toString())).isInstanceOf(UnreadableReply.class);
    }
  }
}
