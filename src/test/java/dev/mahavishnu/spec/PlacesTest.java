package dev.mahavishnu.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PlacesTest {
  private static Places places(String name, String text) {
    SpecText source = new SpecText(name, text);
    Problems problems = new Problems(source);
    Node root = new NodeReader(source, problems).read().orElseThrow();
    assertThat(problems.sorted()).isEmpty();
    return new Places(source, root);
  }

  @Test
  void a_pointer_finds_its_value_and_else_the_nearest_around_it() {
    Places places = places("a.yaml", "a:\n  b: [x, {c: y}]\n\"~/ é\": 1\n");
    assertThat(places.value("/a")).isEqualTo(new Position(2, 3));
    assertThat(places.value("/a/b/1/c")).isEqualTo(new Position(2, 14));
    assertThat(places.value("/a/b/1/none/deeper")).isEqualTo(new Position(2, 10));
    assertThat(places.value("/a/b/9")).isEqualTo(new Position(2, 6));
    assertThat(places.value("/~0~1 é")).isEqualTo(new Position(3, 9));
    assertThat(places.value("")).isEqualTo(Position.START);
  }

  @Test
  void columns_count_code_points_and_lines_end_as_files_end_them() {
    Places places = places("a.yaml", "\"😀😀\": 😀é ${{x}}\r\nb: c\r\n");
    assertThat(places.within("/😀😀", 4)).isEqualTo(new Position(1, 10));
    assertThat(places.value("/b")).isEqualTo(new Position(2, 4));
  }

  /** Each value holds one mark; where that stands in the source is where its offset must lead. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "v: plain @",
        "v: plain\n  goes on @ here",
        "v: plain\n\n\n  goes on\n   @",
        "v: ' single ''quoted'' @'",
        "v: 'over\n\n  lines ''\n  @'",
        "v: \"esc \\\" \\\\ \\n\\t\\u00e9\\x41\\U0001F600 @\"",
        "v: \"folded\n  and \\\n   joined\\n\\\n  \\  @\"",
        "v: |\n  one\n\n  two é😀 @\n",
        "v: |2-\n    indented\n  @\n",
        "v: >\n  folded\n  line\n\n    more\n  @ end\n",
        "v: >- # note\n\n  after a blank @\n",
        "v: |+\n\n\n  @\n\n",
        "v:\n  it @ stands alone",
        "a: [x, {v: \"b @\"}]",
        "- v: |\n    in a list\n    @",
      })
  void a_character_of_a_text_is_found_in_its_source(String yaml) {
    assertFound("a.yaml", yaml);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"v\": \"a @\"}",
        "{\"v\": \"\\u00e9\\ud83d\\ude00\\n\\t\\\"\\/ é @\"}",
        "[\"x\",\n {\"v\": \"@\"}]"
      })
  void a_character_of_a_json_text_is_found_in_its_source(String json) {
    assertFound("a.json", json);
  }

  private static void assertFound(String name, String text) {
    Places places = places(name, text);
    for (String pointer : List.of("/v", "/0/v", "/1/v", "/a/1/v")) {
      if (places.root().nearest(pointer).json().asString("").contains("@")) {
        String value = places.root().nearest(pointer).json().stringValue();
        assertThat(places.within(pointer, value.indexOf('@')))
            .as(text)
            .isEqualTo(new SpecText(name, text).position(text.indexOf('@')));
        return;
      }
    }
    throw new AssertionError("no mark in " + text);
  }
}
